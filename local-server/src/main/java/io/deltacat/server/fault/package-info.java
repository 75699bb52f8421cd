/** Faults that tests can switch on in a running server; all off by default. */
@NullMarked
package io.deltacat.server.fault;

import org.jspecify.annotations.NullMarked;
