package io.deltacat.flink.source.progress;

import org.apache.flink.annotation.Internal;

/**
 * Waits until reading may go back in a table. A split that is read again has the name it had before, so no reader may hold a
 * finished split of that name, in memory or in a checkpoint it could go back to: everything handed out has to be finished and
 * confirmed when a checkpoint is taken, and that checkpoint has to complete. Confined to the coordinator thread; pure.
 */
@Internal
public final class RewindWait {
    private static final long NONE = -1;

    private boolean wanted;
    private boolean ready;
    private long checkpoint = NONE;

    /** Starts without a wish to go back. */
    public RewindWait() {}

    /** Begins to wait. */
    public void begin() {
        wanted = true;
    }

    /** Notes that somebody holds a split after all. */
    public void disturbed() {
        checkpoint = NONE;
        ready = false;
    }

    /**
     * Notes a checkpoint.
     *
     * @param checkpointId its id
     * @param settled whether nothing is unfinished or unconfirmed
     */
    public void snapshot(long checkpointId, boolean settled) {
        if (!settled) {
            disturbed();
        } else if (wanted && checkpoint == NONE) {
            checkpoint = checkpointId;
        }
    }

    /**
     * Notes that a checkpoint completed.
     *
     * @param checkpointId its id
     * @param settled whether nothing is unfinished or unconfirmed
     */
    public void completed(long checkpointId, boolean settled) {
        ready = wanted && settled && checkpoint != NONE && checkpointId >= checkpoint;
    }

    /** Ends the wait: reading goes on from elsewhere. */
    public void done() {
        wanted = false;
        disturbed();
    }

    /**
     * Tells whether reading is to go back.
     *
     * @return whether nothing new may be discovered or acknowledged
     */
    public boolean wanted() {
        return wanted;
    }

    /**
     * Tells whether reading may go back now.
     *
     * @return whether the wait is over
     */
    public boolean ready() {
        return wanted && ready;
    }
}
