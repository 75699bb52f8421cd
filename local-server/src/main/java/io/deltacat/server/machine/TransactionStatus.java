package io.deltacat.server.machine;

/** Where a transaction stands. */
public enum TransactionStatus {
    /** Takes mutations, heartbeats, and a commit or abort. */
    RUNNING,
    /** Everything in it is visible. */
    COMMITTED,
    /** Given up by its owner. */
    ABORTED,
    /** Lost against another commit; nothing of it will ever be visible. */
    FAILED,
    /** Not heartbeated in time. */
    EXPIRED;

    /** Whether nothing can happen to the transaction any more. */
    public boolean isFinal() {
        return this != RUNNING;
    }
}
