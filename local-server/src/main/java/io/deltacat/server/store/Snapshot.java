package io.deltacat.server.store;

/**
 * Which commits a reader sees: all before a time, and those of one running transaction.
 *
 * @param before nanoseconds since the epoch; commits at or after it are not seen
 * @param transactionId running transaction whose own changes are seen too; empty for none
 */
public record Snapshot(long before, String transactionId) {
    /** Later than every commit, and still less than the marks for pending and live rows. */
    public static final long LATEST = 1L << 62;

    /** Everything committed so far. */
    public static Snapshot latest() {
        return new Snapshot(LATEST, "");
    }

    /**
     * History.
     *
     * @param timeNanos commits before this time are seen
     * @return the snapshot
     */
    public static Snapshot before(long timeNanos) {
        return new Snapshot(timeNanos, "");
    }

    /** The same time with the changes of a running transaction. */
    public Snapshot withTransaction(String id) {
        return new Snapshot(before, id);
    }

    /** Whether the newest commits are seen. */
    public boolean isLatest() {
        return before == LATEST;
    }
}
