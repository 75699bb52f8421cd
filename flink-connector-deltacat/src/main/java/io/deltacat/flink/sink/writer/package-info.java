/** Writes rows into data files and reports the finished ones at each barrier. Registers nothing with the server. */
@NullMarked
package io.deltacat.flink.sink.writer;

import org.jspecify.annotations.NullMarked;
