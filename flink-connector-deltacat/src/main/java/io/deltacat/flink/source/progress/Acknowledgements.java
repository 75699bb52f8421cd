package io.deltacat.flink.source.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/**
 * Decides what to acknowledge and when: only progress of completed checkpoints, one at a time, the newest first, the older
 * ones never. What a failed checkpoint would have covered is covered by a later one. With a safety lag, progress is sent when
 * its checkpoint is that old; about twenty progresses wait then, however many checkpoints complete. Confined to the
 * coordinator thread; pure, the time is given.
 */
@Internal
public final class Acknowledgements {
    private final NavigableMap<Long, Progress> snapshots = new TreeMap<>();
    private static final int STEPS_OF_LAG = 16;

    private final long lagNanos;
    private final Deque<Aged> waiting = new ArrayDeque<>();
    private boolean underWay;

    /**
     * Starts with nothing to send.
     *
     * @param lag how old a completed checkpoint is before its progress is sent, not negative
     */
    public Acknowledgements(Duration lag) {
        this.lagNanos = lag.toNanos();
    }

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
     * @param nowNanos the time
     */
    public void completed(long checkpointId, long nowNanos) {
        NavigableMap<Long, Progress> covered = snapshots.headMap(checkpointId, true);
        if (!covered.isEmpty()) {
            add(new Aged(covered.lastEntry().getValue(), nowNanos));
            covered.clear();
        }
    }

    /**
     * Makes the progress of the checkpoint that the source was restored from the next to send: it completed, but its
     * acknowledgement may never have arrived.
     *
     * @param progress what it covers
     * @param nowNanos the time
     */
    public void restored(Progress progress, long nowNanos) {
        add(new Aged(progress, nowNanos));
    }

    /** Keeps progresses about a sixteenth of the lag apart; the newest may be nearer to the one before. */
    private void add(Aged newest) {
        Aged last = waiting.pollLast();
        Aged before = waiting.peekLast();
        boolean dispensable = last != null
                && (lagNanos == 0
                        || (before != null && last.sinceNanos() - before.sinceNanos() < lagNanos / STEPS_OF_LAG));
        if (last != null && !dispensable) {
            waiting.addLast(last);
        }
        waiting.addLast(newest);
    }

    /**
     * Takes the next progress to send, if there is one of age and none is under way.
     *
     * @param nowNanos the time
     * @return the newest progress; report its end by {@link #sent} or {@link #failed}
     */
    public Optional<Progress> next(long nowNanos) {
        if (underWay) {
            return Optional.empty();
        }
        Progress next = null;
        while (!waiting.isEmpty() && nowNanos - waiting.getFirst().sinceNanos() >= lagNanos) {
            next = waiting.removeFirst().progress();
        }
        underWay = next != null;
        return Optional.ofNullable(next);
    }

    /** Forgets everything, because reading goes back. */
    public void forget() {
        waiting.clear();
        snapshots.clear();
        underWay = false;
    }

    /** Ends the sending under way with success. */
    public void sent() {
        underWay = false;
    }

    /**
     * Ends the sending under way without success; it is sent again unless a newer one takes its place.
     *
     * @param progress what was not sent
     * @param nowNanos the time
     */
    public void failed(Progress progress, long nowNanos) {
        underWay = false;
        waiting.addFirst(new Aged(progress, nowNanos - lagNanos));
    }

    /** Returns how many progresses wait. */
    int waitingCount() {
        return waiting.size();
    }

    /**
     * Tells whether completed progress is not acknowledged yet.
     *
     * @return whether something waits or is under way
     */
    public boolean outstanding() {
        return underWay || !waiting.isEmpty();
    }

    /**
     * Progress and when it was known to be covered.
     *
     * @param progress what is read
     * @param sinceNanos the time
     */
    private record Aged(Progress progress, long sinceNanos) {}
}
