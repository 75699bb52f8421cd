package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.split.SplitId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/**
 * Remembers which subtask announced which finished split, until a checkpoint that covers the announcement completed.
 *
 * <p>The coordinator is snapshotted before the barriers leave the sources. An announcement that arrived before the snapshot
 * of checkpoint N was made before that reader's barrier N, so N covers its rows. When a subtask goes back to the last
 * completed checkpoint, everything it announced after that checkpoint's snapshot is void: it will emit those rows again.
 * Confined to the coordinator thread; pure.
 */
@Internal
public final class FinishedSplits {
    private final NavigableMap<Long, Map<Integer, Set<SplitId>>> sealed = new TreeMap<>();
    private Map<Integer, Set<SplitId>> current = new TreeMap<>();

    /**
     * Takes an announcement.
     *
     * @param subtask who made it
     * @param split the split, not finished before
     */
    public void announced(int subtask, SplitId split) {
        current.computeIfAbsent(subtask, key -> new LinkedHashSet<>()).add(split);
    }

    /**
     * Ends the period that a checkpoint covers.
     *
     * @param checkpointId id of the checkpoint whose coordinator snapshot is taken now
     */
    public void snapshot(long checkpointId) {
        if (!current.isEmpty()) {
            sealed.put(checkpointId, current);
            current = new TreeMap<>();
        }
    }

    /**
     * Hands over all announcements that a completed checkpoint covers.
     *
     * @param checkpointId id of the checkpoint
     * @return splits that no failure of a reader makes unfinished again
     */
    public List<SplitId> completed(long checkpointId) {
        NavigableMap<Long, Map<Integer, Set<SplitId>>> covered = sealed.headMap(checkpointId, true);
        List<SplitId> durable = new ArrayList<>();
        for (Map<Integer, Set<SplitId>> period : covered.values()) {
            period.values().forEach(durable::addAll);
        }
        covered.clear();
        return durable;
    }

    /**
     * Forgets what a subtask announced since the last completed checkpoint.
     *
     * @param subtask the subtask that went back to that checkpoint
     * @return the splits whose finish is void
     */
    public List<SplitId> reset(int subtask) {
        List<SplitId> revoked = new ArrayList<>();
        for (Map<Integer, Set<SplitId>> period : sealed.values()) {
            revoked.addAll(period.getOrDefault(subtask, Set.of()));
            period.remove(subtask);
        }
        revoked.addAll(current.getOrDefault(subtask, Set.of()));
        current.remove(subtask);
        return revoked;
    }
}
