package io.deltacat.server.machine;

import org.jspecify.annotations.Nullable;

/** What can happen to a write session. */
public sealed interface SessionEvent {
    /**
     * A sign of life.
     *
     * @param sessionVersion the caller's fence
     * @param timeToLiveNanos new life span
     */
    record Heartbeat(long sessionVersion, long timeToLiveNanos) implements SessionEvent {}

    /**
     * The commit of a session that stands alone: its entries are visible from now on.
     *
     * @param sessionVersion the caller's fence
     * @param operationId the caller's operation
     * @param target where it wrote to, now that the table exists
     * @param transactionId the transaction made for it
     * @param result what it brought in
     */
    record Commit(
            long sessionVersion, String operationId, TableTarget target, String transactionId, CommitResult result)
            implements SessionEvent {}

    /**
     * The commit of a session bound to a transaction: its entries wait for the transaction.
     *
     * @param sessionVersion the caller's fence
     * @param operationId the caller's operation
     * @param target where it will write to
     * @param result what it will bring in
     */
    record Attach(long sessionVersion, String operationId, TableTarget target, CommitResult result)
            implements SessionEvent {}

    /**
     * Its owner gives up.
     *
     * @param sessionVersion the caller's fence
     * @param reason the caller's words; null if none
     */
    record Abort(long sessionVersion, @Nullable String reason) implements SessionEvent {}

    /**
     * The write of its key is wanted again; of a session that was given up it is the next attempt.
     *
     * @param timeToLiveNanos new life span
     */
    record Reopen(long timeToLiveNanos) implements SessionEvent {}

    /**
     * The transaction it is bound to committed.
     *
     * @param result what it brought in, with places
     */
    record TransactionCommitted(CommitResult result) implements SessionEvent {}

    /**
     * The transaction it is bound to ended without commit.
     *
     * @param expired whether because its time ran out
     */
    record TransactionEnded(boolean expired) implements SessionEvent {}
}
