package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.feed.EventTimeColumn;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.EventTimeFloor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/**
 * Knows how early rows may have happened that are still to be handed out, and which reader was told what. While there is
 * more to discover than fits, nothing can be said: the files that were not seen yet may hold the earliest rows.
 *
 * <p>Every reader also learns the latest bound of all files, also of those at other readers. With that a reader without work
 * comes as far as the others do and need not be idle: rows that it has emitted may still be buffered behind it, and would come
 * late if event time went on without it. Confined to the coordinator thread; pure.
 */
@Internal
final class EventTimeFloors {
    private final Map<Integer, EventTimeFloor> told = new HashMap<>();
    private long latest = EventTimeColumn.UNKNOWN;

    /** Takes in splits that were discovered or restored. */
    void see(Collection<DeltaCatSplit> splits) {
        for (DeltaCatSplit split : splits) {
            if (split.earliestEventTime() != EventTimeColumn.NONE) {
                latest = Math.max(latest, split.earliestEventTime());
            }
        }
    }

    /**
     * Computes the floor.
     *
     * @param waiting splits that no reader has
     * @param caughtUp whether everything there is was discovered
     * @return what readers should know
     */
    EventTimeFloor floor(Collection<DeltaCatSplit> waiting, boolean caughtUp) {
        long earliest = caughtUp
                ? waiting.stream()
                        .mapToLong(DeltaCatSplit::earliestEventTime)
                        .min()
                        .orElse(EventTimeColumn.NONE)
                : EventTimeColumn.UNKNOWN;
        return new EventTimeFloor(earliest, latest);
    }

    /**
     * Finds the readers that do not know the floor, and takes them for told.
     *
     * @param floor the floor now
     * @param listening readers that can be told
     * @return those to tell
     */
    List<Integer> toTell(EventTimeFloor floor, Set<Integer> listening) {
        told.keySet().retainAll(listening);
        return new TreeSet<>(listening)
                .stream()
                        .filter(subtask -> !floor.equals(told.put(subtask, floor)))
                        .toList();
    }

    /** Forgets what a reader was told, because it failed. */
    void forget(int subtask) {
        told.remove(subtask);
    }
}
