package io.deltacat.flink.source.progress;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to acknowledge and when: only progress of completed checkpoints, one at a time, the newest first, the older
 * ones never. What a failed checkpoint would have covered is covered by a later one. Confined to the coordinator thread; pure.
 */
@Internal
public final class Acknowledgements {
    private final NavigableMap<Long, Progress> snapshots = new TreeMap<>();
    private @Nullable Progress waiting;
    private boolean underWay;

    /**
     * Keeps the progress that a checkpoint covers, should it complete.
     *
     * @param checkpointId id of the checkpoint
     * @param progress what is read at its coordinator snapshot
     */
    public void snapshot(long checkpointId, Progress progress) {
        snapshots.put(checkpointId, progress);
    }

    /**
     * Makes the progress of a completed checkpoint the next to send.
     *
     * @param checkpointId id of the checkpoint
     */
    public void completed(long checkpointId) {
        NavigableMap<Long, Progress> covered = snapshots.headMap(checkpointId, true);
        if (!covered.isEmpty()) {
            waiting = covered.lastEntry().getValue();
            covered.clear();
        }
    }

    /**
     * Makes the progress of the checkpoint that the source was restored from the next to send: it completed, but its
     * acknowledgement may never have arrived.
     *
     * @param progress what it covers
     */
    public void restored(Progress progress) {
        waiting = progress;
    }

    /**
     * Takes the next progress to send, if there is one and none is under way.
     *
     * @return the newest progress; report its end by {@link #sent} or {@link #failed}
     */
    public Optional<Progress> next() {
        if (underWay || waiting == null) {
            return Optional.empty();
        }
        Progress next = waiting;
        waiting = null;
        underWay = true;
        return Optional.of(next);
    }

    /** Ends the sending under way with success. */
    public void sent() {
        underWay = false;
    }

    /**
     * Ends the sending under way without success; it is sent again unless a newer one takes its place.
     *
     * @param progress what was not sent
     */
    public void failed(Progress progress) {
        underWay = false;
        if (waiting == null) {
            waiting = progress;
        }
    }

    /**
     * Tells whether completed progress is not acknowledged yet.
     *
     * @return whether something waits or is under way
     */
    public boolean outstanding() {
        return underWay || waiting != null;
    }
}
