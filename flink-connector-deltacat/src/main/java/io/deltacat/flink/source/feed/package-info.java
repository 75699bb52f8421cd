/**
 * Learns about new deltas of a table: the {@link io.deltacat.flink.source.feed.DeltaFeed} port, its two implementations, and the
 * cursor that says how far discovery has come. Nothing here knows Flink; calls run on the enumerator's worker thread.
 */
@NullMarked
package io.deltacat.flink.source.feed;

import org.jspecify.annotations.NullMarked;
