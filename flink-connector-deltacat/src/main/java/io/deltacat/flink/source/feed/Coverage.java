package io.deltacat.flink.source.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/** Collects covered deltas and adds them to what was known in one go. Confined to one poll. */
@Internal
final class Coverage {
    private final SortedMap<PartitionRef, PartitionCursor> start;
    private final Map<PartitionRef, Long> ordered = new TreeMap<>();
    private final Map<PartitionRef, List<Long>> adds = new TreeMap<>();

    /**
     * Starts at what is known.
     *
     * @param start known partitions
     */
    Coverage(SortedMap<PartitionRef, PartitionCursor> start) {
        this.start = start;
    }

    /** Covers a delta. */
    void cover(DeltaRef delta, DeltaKind kind) {
        if (kind.ordered()) {
            ordered.merge(delta.partition(), delta.position(), Math::max);
        } else {
            adds.computeIfAbsent(delta.partition(), key -> new ArrayList<>()).add(delta.position());
        }
    }

    /** Makes a partition known although nothing of it may be covered. */
    void know(PartitionRef partition) {
        ordered.putIfAbsent(partition, 0L);
    }

    /** Returns the last ordered position known or collected. */
    long orderedPosition(PartitionRef partition) {
        long known = start.getOrDefault(partition, PartitionCursor.START).orderedPosition();
        return Math.max(known, ordered.getOrDefault(partition, 0L));
    }

    /** Returns all that is known now. */
    SortedMap<PartitionRef, PartitionCursor> partitions() {
        SortedMap<PartitionRef, PartitionCursor> next = new TreeMap<>(start);
        for (PartitionRef partition : ordered.keySet()) {
            PositionSet before =
                    start.getOrDefault(partition, PartitionCursor.START).adds();
            next.put(partition, new PartitionCursor(orderedPosition(partition), before));
        }
        adds.forEach((partition, positions) -> {
            PartitionCursor before = next.getOrDefault(partition, PartitionCursor.START);
            next.put(
                    partition,
                    new PartitionCursor(before.orderedPosition(), before.adds().with(positions)));
        });
        return next;
    }
}
