/** What a read plan may leave out, decided from partition values and column statistics. Pure: no I/O, no clock. */
@NullMarked
package io.deltacat.server.machine.scan;

import org.jspecify.annotations.NullMarked;
