package io.deltacat.flink.source.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How far discovery has come: the deltas whose files were all handed out by a {@link DeltaFeed}. Immutable; part of the
 * enumerator's checkpoint, so its size is eight bytes for each live {@code add} delta and a few dozen for each partition.
 *
 * @param partitions what is known of each partition
 * @param partial the delta inside which the last budget ended, or null
 * @param backfill the pinned snapshot that is being paged, or null
 * @param handovers partitions that ended, in order, of which splits may be unfinished
 */
@Internal
public record FeedCursor(
        SortedMap<PartitionRef, PartitionCursor> partitions,
        @Nullable PartialDelta partial,
        @Nullable Backfill backfill,
        List<Handover> handovers) {
    private static final FeedCursor START = new FeedCursor(new TreeMap<>(), null, null, List.of());

    /** Copies the collections. */
    public FeedCursor {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        handovers = List.copyOf(handovers);
    }

    /**
     * Returns the cursor that knows nothing.
     *
     * @return the start of history
     */
    public static FeedCursor start() {
        return START;
    }

    /**
     * Builds a cursor at rest.
     *
     * @param partitions what is known of each partition
     * @return a cursor without unfinished discovery
     */
    public static FeedCursor of(Map<PartitionRef, PartitionCursor> partitions) {
        return new FeedCursor(new TreeMap<>(partitions), null, null, List.of());
    }

    /**
     * Looks a partition up.
     *
     * @param partition the partition
     * @return what is known, {@link PartitionCursor#START} when nothing is
     */
    public PartitionCursor partition(PartitionRef partition) {
        return partitions.getOrDefault(partition, PartitionCursor.START);
    }

    /**
     * Returns the unfinished delta.
     *
     * @return the delta inside which discovery stopped, if any
     */
    public Optional<PartialDelta> unfinishedDelta() {
        return Optional.ofNullable(partial);
    }

    /**
     * Returns the pinned snapshot.
     *
     * @return the snapshot that is being paged, if any
     */
    public Optional<Backfill> pinnedSnapshot() {
        return Optional.ofNullable(backfill);
    }

    /**
     * Starts paging a snapshot; what is known now becomes its base.
     *
     * @param asOfNanos commit time of the snapshot, in nanoseconds since the epoch
     * @return the cursor at the first file
     */
    public FeedCursor pinnedAt(long asOfNanos) {
        return new FeedCursor(partitions, partial, new Backfill(asOfNanos, 0, partitions), handovers);
    }

    /**
     * Starts reading a snapshot in some way; what is known now becomes its base.
     *
     * @param asOfNanos commit time of the snapshot, in nanoseconds since the epoch
     * @param way how it is read
     * @return the cursor at its start
     */
    public FeedCursor pinnedAt(long asOfNanos, Backfill.Way way) {
        return new FeedCursor(partitions, partial, new Backfill(asOfNanos, 0, partitions, way, null), handovers);
    }

    /**
     * Adds complete deltas to what is known.
     *
     * @param partition the partition
     * @param orderedPosition last ordered position now known; a lower one than before is ignored
     * @param adds {@code add} deltas now known
     * @return the larger cursor
     */
    public FeedCursor advanced(PartitionRef partition, long orderedPosition, Collection<Long> adds) {
        PartitionCursor before = partition(partition);
        SortedMap<PartitionRef, PartitionCursor> next = new TreeMap<>(partitions);
        next.put(
                partition,
                new PartitionCursor(
                        Math.max(before.orderedPosition(), orderedPosition),
                        before.adds().with(adds)));
        return new FeedCursor(next, partial, backfill, handovers);
    }

    /**
     * Forgets partitions that ended, each only after those it took the place of.
     *
     * @param settled tells of which ended partitions every split is finished for good
     * @return the cursor without their handovers
     */
    public FeedCursor settled(Predicate<PartitionRef> settled) {
        List<Handover> rest = new ArrayList<>();
        for (Handover handover : handovers) {
            boolean waits = rest.stream().anyMatch(earlier -> handover.from().equals(earlier.to()));
            if (waits || !settled.test(handover.from())) {
                rest.add(handover);
            }
        }
        return rest.size() == handovers.size() ? this : new FeedCursor(partitions, partial, backfill, rest);
    }
}
