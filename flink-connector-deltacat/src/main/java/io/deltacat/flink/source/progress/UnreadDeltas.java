package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/** What limits the progress of partitions: their unread deltas. Taken at one moment; confined to one thread. */
@Internal
final class UnreadDeltas {
    private final Map<PartitionRef, Long> lowest = new TreeMap<>();
    private final Map<PartitionRef, SortedSet<Long>> adds = new TreeMap<>();

    UnreadDeltas(Collection<TrackedDelta> entries) {
        for (TrackedDelta entry : entries) {
            PartitionRef partition = entry.delta.partition();
            if (entry.read()) {
                continue;
            }
            if (entry.kind == DeltaKind.MERGED) {
                lowest.put(partition, 1L);
            } else if (entry.kind.ordered()) {
                lowest.merge(partition, entry.delta.position(), Math::min);
            } else {
                adds.computeIfAbsent(partition, key -> new TreeSet<>()).add(entry.delta.position());
            }
        }
    }

    /** Tells whether a delta of a partition is unread. */
    boolean any(PartitionRef partition) {
        return lowest.containsKey(partition) || adds.containsKey(partition);
    }

    /** Returns what is read of a partition of which so much is known. */
    PartitionCursor limit(PartitionRef partition, PartitionCursor known) {
        long before = lowest.getOrDefault(partition, Long.MAX_VALUE) - 1;
        SortedSet<Long> unreadAdds = adds.getOrDefault(partition, new TreeSet<>());
        return new PartitionCursor(
                Math.min(known.orderedPosition(), before),
                unreadAdds.isEmpty() ? known.adds() : known.adds().filter(position -> !unreadAdds.contains(position)));
    }
}
