package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.feed.EventTimeColumn;
import io.deltacat.flink.source.split.DeltaCatSplit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/**
 * Knows how early rows may have happened that are still to be handed out, and which reader was told what. While there is
 * more to discover than fits, nothing can be said: the files that were not seen yet may hold the earliest rows. Confined to
 * the coordinator thread; pure.
 */
@Internal
final class EventTimeFloors {
    private final Map<Integer, Long> told = new HashMap<>();

    /**
     * Computes the floor.
     *
     * @param waiting splits that no reader has
     * @param caughtUp whether everything there is was discovered
     * @return milliseconds since 1970, {@link EventTimeColumn#UNKNOWN} or {@link EventTimeColumn#NONE}
     */
    static long floor(Collection<DeltaCatSplit> waiting, boolean caughtUp) {
        return caughtUp
                ? waiting.stream()
                        .mapToLong(DeltaCatSplit::earliestEventTime)
                        .min()
                        .orElse(EventTimeColumn.NONE)
                : EventTimeColumn.UNKNOWN;
    }

    /**
     * Finds the readers that do not know the floor, and takes them for told.
     *
     * @param floor the floor now
     * @param listening readers that can be told
     * @return those to tell
     */
    List<Integer> toTell(long floor, Set<Integer> listening) {
        told.keySet().retainAll(listening);
        return new TreeSet<>(listening)
                .stream()
                        .filter(subtask -> !Long.valueOf(floor).equals(told.put(subtask, floor)))
                        .toList();
    }

    /** Forgets what a reader was told, because it failed. */
    void forget(int subtask) {
        told.remove(subtask);
    }
}
