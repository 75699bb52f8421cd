package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/**
 * What has been read completely: of each partition every ordered delta up to a position, and a set of {@code add} deltas.
 * Immutable.
 *
 * @param partitions the partitions by identity
 * @param ended partitions that others took the place of and that were read to their end; nobody needs to know of them
 */
@Internal
public record Progress(SortedMap<PartitionRef, PartitionCursor> partitions, Set<PartitionRef> ended) {
    /** Copies the partitions. */
    public Progress {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        ended = Collections.unmodifiableSet(new TreeSet<>(ended));
    }

    /**
     * Makes a progress without ended partitions.
     *
     * @param partitions the partitions by identity
     */
    public Progress(SortedMap<PartitionRef, PartitionCursor> partitions) {
        this(partitions, Set.of());
    }

    /**
     * Returns the progress of a source that has read nothing.
     *
     * @return no partitions
     */
    public static Progress none() {
        return new Progress(new TreeMap<>());
    }

    /**
     * Tells whether no delta was read.
     *
     * @return whether every partition is at its start
     */
    public boolean isNothing() {
        return partitions.values().stream().allMatch(PartitionCursor.START::equals);
    }

    /**
     * Joins two progresses of the same table; neither side's deltas are lost. Partitions that ended for the other are left out.
     *
     * @param other the other, later progress
     * @return the larger position and the union of add deltas for each partition
     */
    public Progress union(Progress other) {
        SortedMap<PartitionRef, PartitionCursor> joined = new TreeMap<>(partitions);
        joined.keySet().removeAll(other.ended);
        other.partitions.forEach((partition, read) -> joined.merge(
                partition,
                read,
                (left, right) -> new PartitionCursor(
                        Math.max(left.orderedPosition(), right.orderedPosition()),
                        left.adds().union(right.adds()))));
        return new Progress(joined);
    }
}
