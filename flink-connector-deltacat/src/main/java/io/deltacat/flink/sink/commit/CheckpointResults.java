package io.deltacat.flink.sink.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/**
 * Collects what writers finished, apart by checkpoint, until the barrier of each checkpoint. If a checkpoint was aborted,
 * results of several of them may be waiting; each keeps its own id. Confined to one thread.
 */
@Internal
final class CheckpointResults {
    private final SortedMap<Long, List<WrittenFiles>> waiting = new TreeMap<>();
    private long lastTaken;

    /**
     * Creates an empty collection.
     *
     * @param lastTaken newest checkpoint whose results are in restored state already; 0 if there is none
     */
    CheckpointResults(long lastTaken) {
        this.lastTaken = lastTaken;
    }

    /**
     * Notes that a writer reported for a checkpoint, perhaps nothing.
     *
     * @param checkpointId checkpoint the writer named
     */
    void announce(long checkpointId) {
        resultsOf(checkpointId);
    }

    /**
     * Keeps a result.
     *
     * @param checkpointId checkpoint the writer named
     * @param files what it finished
     */
    void add(long checkpointId, WrittenFiles files) {
        resultsOf(checkpointId).add(files);
    }

    private List<WrittenFiles> resultsOf(long checkpointId) {
        // A straggler of a checkpoint that was taken already goes with the next one: a summary may be sent only once.
        return waiting.computeIfAbsent(Math.max(checkpointId, lastTaken + 1), id -> new ArrayList<>());
    }

    /**
     * Takes everything that belongs to a barrier.
     *
     * @param barrier checkpoint id of the barrier, or {@link Long#MAX_VALUE} at the end of input
     * @return results by checkpoint, in order; checkpoints without files are there with an empty list
     */
    SortedMap<Long, List<WrittenFiles>> takeUpTo(long barrier) {
        SortedMap<Long, List<WrittenFiles>> due = barrier == Long.MAX_VALUE ? waiting : waiting.headMap(barrier + 1);
        SortedMap<Long, List<WrittenFiles>> taken = new TreeMap<>(due);
        due.clear();
        if (!taken.isEmpty()) {
            lastTaken = taken.lastKey();
        }
        return taken;
    }
}
