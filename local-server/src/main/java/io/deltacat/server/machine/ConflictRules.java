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
     * Whether contents that a transaction replaces are not the ones it saw.
     *
     * @param lastChangedAt commit time of the last change of the contents; 0 if there was none
     * @param snapshotBefore what the writing transaction sees: commits before this time
     * @param commitTime time of the commit that is being made; its own changes do not conflict with each other
     * @return true if another commit came in between
     */
    public static boolean changedUnseen(long lastChangedAt, long snapshotBefore, long commitTime) {
        return lastChangedAt >= snapshotBefore && lastChangedAt != commitTime;
    }

    /**
     * The answer to the loser.
     *
     * @param where the table, for the message
     * @param transactionId the losing transaction
     * @param winnerTransactionId the transaction that came in between; empty if it is not known
     * @return a refusal that says: read again, then try with a new transaction
     */
    public static Refusal lost(String where, String transactionId, String winnerTransactionId) {
        Refusal refusal = Refusal.of(
                        RefusalKind.CONCURRENT_MODIFICATION,
                        "table '" + where
                                + "' was changed by another commit after this transaction began; read again and"
                                + " retry with a new session or transaction")
                .with("conflict_class", "retryable_stale_read")
                .with("blocker_outcome", "successful_winner");
        if (!winnerTransactionId.isEmpty()) {
            refusal = refusal.with("blocking_transaction_id", winnerTransactionId);
        }
        return refusal.with("blocking_transaction_status", TransactionStatus.COMMITTED.name())
                .with("transaction_id", transactionId);
    }

    /**
     * The answer to a writer whose table got another schema, which its files do not fit.
     *
     * @param where the table, for the message
     * @param transactionId the losing transaction; empty for none
     * @param why which column does not fit
     * @return a refusal that says: read again, then try with a new session or transaction
     */
    public static Refusal schemaChanged(String where, String transactionId, String why) {
        Refusal refusal = Refusal.of(
                        RefusalKind.CONCURRENT_MODIFICATION,
                        "table '" + where + "' got another schema since this write began: " + why
                                + "; write the rows again in a new session or transaction")
                .with("conflict_class", "retryable_stale_read")
                .with("blocker_outcome", "successful_winner")
                .with("blocking_transaction_status", TransactionStatus.COMMITTED.name());
        return transactionId.isEmpty() ? refusal : refusal.with("transaction_id", transactionId);
    }

    /**
     * The answer to a change that another running transaction is making already.
     *
     * @param what the thing both change, for the message
     * @return a refusal that says: wait until the other one has ended
     */
    public static Refusal unsettled(String what) {
        return Refusal.of(
                        RefusalKind.CONCURRENT_MODIFICATION,
                        "'" + what + "' is being changed by another running transaction; retry when it has ended")
                .with("conflict_class", "unsettled_authority")
                .with("blocker_outcome", "unsettled")
                .with("blocking_transaction_status", TransactionStatus.RUNNING.name());
    }
}
