/** Pure decisions: state machines and rules without clock, thread or input and output. */
@NullMarked
package io.deltacat.server.machine;

import org.jspecify.annotations.NullMarked;
