package io.deltacat.server.store;

import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.TransactionState;

/** Changes of sessions, transactions and stored replies. */
public interface SessionWrites {
    /** Adds a session. */
    void add(SessionState session);

    /** Replaces a session's state. */
    void replace(SessionState session);

    /** Adds a transaction. */
    void add(TransactionState transaction);

    /** Replaces a transaction's state. */
    void replace(TransactionState transaction);

    /** Keeps the reply of an operation. */
    void addReply(String scope, String operationId, StoredReply reply);

    /**
     * Forgets sessions and transactions whose time was over before a time. What runs, what waits for a running transaction
     * and the one write of a key stay.
     *
     * @param timeNanos nanoseconds since the epoch
     * @param limit most rows to forget of each kind
     * @return how many were forgotten
     */
    int removeEndedBefore(long timeNanos, int limit);

    /** Forgets replies given before a time. */
    void removeRepliesBefore(long timeNanos);
}
