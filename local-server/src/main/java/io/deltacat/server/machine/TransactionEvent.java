package io.deltacat.server.machine;

import org.jspecify.annotations.Nullable;

/** What can happen to a transaction; each carries the caller's fence. */
public sealed interface TransactionEvent {
    /** The version the caller believes to be current. */
    long transactionVersion();

    /**
     * A sign of life.
     *
     * @param transactionVersion the caller's fence
     * @param timeToLiveNanos new life span
     */
    record Heartbeat(long transactionVersion, long timeToLiveNanos) implements TransactionEvent {}

    /**
     * A mutation inside the transaction.
     *
     * @param transactionVersion the caller's fence
     * @param newSessionId write session that is bound by it; null if none
     */
    record Mutate(long transactionVersion, @Nullable String newSessionId) implements TransactionEvent {}

    /**
     * Everything in it becomes visible.
     *
     * @param transactionVersion the caller's fence
     */
    record Commit(long transactionVersion) implements TransactionEvent {}

    /**
     * Its owner gives up.
     *
     * @param transactionVersion the caller's fence
     * @param reason the caller's words; null if none
     */
    record Abort(long transactionVersion, @Nullable String reason) implements TransactionEvent {}

    /**
     * Its commit lost against another one.
     *
     * @param transactionVersion the caller's fence
     * @param failure what every later commit is answered with
     */
    record Fail(long transactionVersion, Refusal failure) implements TransactionEvent {}
}
