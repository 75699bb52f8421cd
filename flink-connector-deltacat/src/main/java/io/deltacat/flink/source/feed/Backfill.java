package io.deltacat.flink.source.feed;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Reading one pinned snapshot of the table. While it lasts, the partitions of the {@link FeedCursor} collect what was seen,
 * in the server's order, so they say nothing about order; {@link #base()} is what was known before. Immutable.
 *
 * @param asOfNanos commit time of the snapshot, in nanoseconds since the epoch
 * @param fileOffset index of the first file of the next page, for {@link Way#DELTAS}
 * @param base what was known when the snapshot was pinned
 * @param way how the snapshot is read
 * @param mergedUpTo the last partition handed out, for {@link Way#MERGED}; null before the first
 */
@Internal
public record Backfill(
        long asOfNanos,
        long fileOffset,
        SortedMap<PartitionRef, PartitionCursor> base,
        Way way,
        @Nullable PartitionRef mergedUpTo) {
    /** Copies the base. */
    public Backfill {
        base = Collections.unmodifiableSortedMap(new TreeMap<>(base));
        Objects.requireNonNull(way, "way");
        if (asOfNanos <= 0 || fileOffset < 0) {
            throw new IllegalArgumentException(
                    "Snapshot at %d ns, file %d: expected a time and an offset".formatted(asOfNanos, fileOffset));
        }
    }

    /**
     * Makes a snapshot that is read page by page, delta by delta.
     *
     * @param asOfNanos commit time of the snapshot
     * @param fileOffset index of the first file of the next page
     * @param base what was known when the snapshot was pinned
     */
    public Backfill(long asOfNanos, long fileOffset, SortedMap<PartitionRef, PartitionCursor> base) {
        this(asOfNanos, fileOffset, base, Way.DELTAS, null);
    }

    /** How a pinned snapshot is read. The codes of the state format are the ordinals; add new ones at the end. */
    public enum Way {
        /** Delta by delta, in the order of the plan's pages. */
        DELTAS,
        /** Partition by partition, each merged by key. */
        MERGED,
        /** What is not in the base, in the order of positions. */
        CHANGES
    }
}
