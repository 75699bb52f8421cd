package io.deltacat.server.machine;

import io.deltacat.client.model.DeltaType;

/** When two writers of one partition conflict (protocol/data-plane.md §1.9, §1.12). Pure. */
public final class ConflictRules {
    private ConflictRules() {}

    /**
     * Whether a delta may follow what is in its partition.
     *
     * @param deltaType the delta's type; unordered deltas never conflict
     * @param lastOrderedAt commit time of the partition's last ordered delta; 0 if there is none
     * @param snapshotBefore what the writing transaction sees: commits before this time
     * @param commitTime time of the commit that is being made; its own deltas do not conflict with each other
     * @return true if another ordered commit came in between
     */
    public static boolean conflicts(DeltaType deltaType, long lastOrderedAt, long snapshotBefore, long commitTime) {
        return deltaType.isOrdered() && lastOrderedAt >= snapshotBefore && lastOrderedAt != commitTime;
    }

    /**
     * The answer to the loser.
     *
     * @param where the table, for the message
     * @param transactionId the losing transaction
     * @param winnerTransactionId the transaction that came in between
     * @return a refusal that says: read again, then try with a new transaction
     */
    public static Refusal lost(String where, String transactionId, String winnerTransactionId) {
        return Refusal.of(
                        RefusalKind.CONCURRENT_MODIFICATION,
                        "table '" + where + "' got another ordered commit after this transaction began; read again and"
                                + " retry with a new session or transaction")
                .with("conflict_class", "retryable_stale_read")
                .with("blocker_outcome", "successful_winner")
                .with("blocking_transaction_id", winnerTransactionId)
                .with("blocking_transaction_status", TransactionStatus.COMMITTED.name())
                .with("transaction_id", transactionId);
    }
}
