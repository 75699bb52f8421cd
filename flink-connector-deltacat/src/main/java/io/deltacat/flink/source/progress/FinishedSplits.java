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
 * Remembers which subtask announced which finished split, until a checkpoint that covers the announcement completed. Only
 * then is it confirmed to the reader, which keeps the split in its own state up to there.
 *
 * <p>Why each announcement survives: the coordinator is snapshotted before the barriers leave the sources. An announcement
 * that arrived before the snapshot of checkpoint N is in the coordinator's state of N. One that arrived later is in the
 * reader's state of N, since the reader keeps the split until it is confirmed. When a subtask goes back to a checkpoint,
 * everything it announced and was not confirmed is void; it has these splits in its restored state, finished or not, and
 * says so again. That holds even if the subtask goes back to a checkpoint of whose completion this class was not told yet.
 *
 * <p>As long as no snapshot was ever taken, perhaps because the job has no checkpoints, readers would keep every split for
 * good. Such <em>early</em> announcements are confirmed at once. A subtask that goes back before the first checkpoint gets
 * all its splits anew from Flink, so an early announcement is void exactly if its split is among those given back.
 *
 * <p>Confined to the coordinator thread; pure.
 */
@Internal
public final class FinishedSplits {
    private final NavigableMap<Long, Map<Integer, Set<SplitId>>> sealed = new TreeMap<>();
    private Map<Integer, Set<SplitId>> current = new TreeMap<>();
    private final Map<Integer, Set<SplitId>> early = new TreeMap<>();
    private boolean checkpointed;

    /**
     * Starts without announcements.
     *
     * @param restored whether the source goes on from a checkpoint
     */
    public FinishedSplits(boolean restored) {
        this.checkpointed = restored;
    }

    /**
     * Takes an announcement.
     *
     * @param subtask who made it
     * @param split the split; also one that was long known to be finished, so that it gets confirmed again
     * @return when the reader may forget the split
     */
    public Confirmation announced(int subtask, SplitId split) {
        Map<Integer, Set<SplitId>> period = checkpointed ? current : early;
        period.computeIfAbsent(subtask, key -> new LinkedHashSet<>()).add(split);
        return checkpointed ? Confirmation.WHEN_COMPLETED : Confirmation.NOW;
    }

    /**
     * Ends the period that a checkpoint covers.
     *
     * @param checkpointId id of the checkpoint whose coordinator snapshot is taken now
     */
    public void snapshot(long checkpointId) {
        checkpointed = true;
        if (!current.isEmpty()) {
            sealed.put(checkpointId, current);
            current = new TreeMap<>();
        }
    }

    /**
     * Hands over all announcements that a completed checkpoint covers.
     *
     * @param checkpointId id of the checkpoint
     * @return splits that no failure of a reader makes unfinished again, by the subtask to confirm them to
     */
    public Map<Integer, List<SplitId>> completed(long checkpointId) {
        NavigableMap<Long, Map<Integer, Set<SplitId>>> covered = sealed.headMap(checkpointId, true);
        Map<Integer, List<SplitId>> durable = new TreeMap<>();
        take(early, durable);
        covered.values().forEach(period -> take(period, durable));
        early.clear();
        covered.clear();
        return durable;
    }

    /**
     * Tells whether every announcement was confirmed.
     *
     * @return whether readers were told to forget all splits they announced, as far as this is known here
     */
    public boolean settled() {
        return none(early) && none(current) && sealed.values().stream().allMatch(FinishedSplits::none);
    }

    private static boolean none(Map<Integer, Set<SplitId>> period) {
        return period.values().stream().allMatch(Set::isEmpty);
    }

    /**
     * Forgets what a subtask announced and was not confirmed, because the subtask went back to a checkpoint.
     *
     * @param subtask the subtask
     * @param givenBack splits that Flink took from it again
     * @return the splits whose finish is void
     */
    public List<SplitId> reset(int subtask, Set<SplitId> givenBack) {
        List<SplitId> revoked = new ArrayList<>();
        for (Map<Integer, Set<SplitId>> period : sealed.values()) {
            revoked.addAll(period.getOrDefault(subtask, Set.of()));
            period.remove(subtask);
        }
        revoked.addAll(current.getOrDefault(subtask, Set.of()));
        current.remove(subtask);
        Set<SplitId> earlier = early.getOrDefault(subtask, Set.of());
        earlier.stream().filter(givenBack::contains).forEach(revoked::add);
        if (!earlier.isEmpty()) {
            earlier.removeAll(givenBack);
        }
        return revoked;
    }

    private static void take(Map<Integer, Set<SplitId>> period, Map<Integer, List<SplitId>> target) {
        period.forEach((subtask, splits) ->
                target.computeIfAbsent(subtask, key -> new ArrayList<>()).addAll(splits));
    }

    /** When a reader may forget a finished split. */
    public enum Confirmation {
        /** At once: no checkpoint was ever taken. */
        NOW,
        /** When a checkpoint that covers the announcement completed. */
        WHEN_COMPLETED
    }
}
