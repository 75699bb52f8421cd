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
        this.start = new TreeMap<>(start);
    }

    /** Covers a delta; one of a merged partition covers all up to its position. */
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

    /** Forgets a partition. */
    void forget(PartitionRef partition) {
        start.remove(partition);
        ordered.remove(partition);
        adds.remove(partition);
    }

    /** Sets what is known of a partition, whatever it was. */
    void set(PartitionRef partition, PartitionCursor cursor) {
        forget(partition);
        start.put(partition, cursor);
    }

    /** Returns the last ordered position known or collected. */
    long orderedPosition(PartitionRef partition) {
        long known = start.getOrDefault(partition, PartitionCursor.START).orderedPosition();
        return Math.max(known, ordered.getOrDefault(partition, 0L));
    }

    /** Returns what is known of one partition now. */
    PartitionCursor cursor(PartitionRef partition) {
        PositionSet before =
                start.getOrDefault(partition, PartitionCursor.START).adds();
        return new PartitionCursor(orderedPosition(partition), before.with(adds.getOrDefault(partition, List.of())));
    }

    /** Returns all that is known now. */
    SortedMap<PartitionRef, PartitionCursor> partitions() {
        SortedMap<PartitionRef, PartitionCursor> next = new TreeMap<>(start);
        ordered.keySet().forEach(partition -> next.put(partition, cursor(partition)));
        adds.keySet().forEach(partition -> next.put(partition, cursor(partition)));
        return next;
    }
}
