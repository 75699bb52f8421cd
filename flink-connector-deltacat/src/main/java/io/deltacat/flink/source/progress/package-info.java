/**
 * Which deltas are read completely, and how that becomes a subscription watermark. Pure: no clock, thread, or I/O.
 */
@NullMarked
package io.deltacat.flink.source.progress;

import org.jspecify.annotations.NullMarked;
