package io.deltacat.flink.source.feed;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/**
 * Paging through one pinned snapshot of the table. While it lasts, the partitions of the {@link FeedCursor} collect what
 * was seen, in the server's order, so they say nothing about order; {@link #base()} is what was known before. Immutable.
 *
 * @param asOfNanos commit time of the snapshot, in nanoseconds since the epoch
 * @param fileOffset index of the first file of the next page
 * @param base what was known when the snapshot was pinned
 */
@Internal
public record Backfill(long asOfNanos, long fileOffset, SortedMap<PartitionRef, PartitionCursor> base) {
    /** Copies the base. */
    public Backfill {
        base = Collections.unmodifiableSortedMap(new TreeMap<>(base));
        if (asOfNanos <= 0 || fileOffset < 0) {
            throw new IllegalArgumentException(
                    "Snapshot at %d ns, file %d: expected a time and an offset".formatted(asOfNanos, fileOffset));
        }
    }
}
