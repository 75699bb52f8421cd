/**
 * Reads DeltaCAT tables into Flink: {@link io.deltacat.flink.source.DeltaCatSource} emits the rows of a snapshot, or follows
 * a table and moves a subscription's watermark on when a checkpoint completes.
 */
@NullMarked
package io.deltacat.flink.source;

import org.jspecify.annotations.NullMarked;
