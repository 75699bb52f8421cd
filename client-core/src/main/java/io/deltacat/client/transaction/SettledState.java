package io.deltacat.client.transaction;

import java.util.Locale;

/** What the status of a session or transaction means for its commit; the wire's own words are an open set. */
public enum SettledState {
    /** Not committed yet, and it can be. */
    OPEN,
    /** On its way; the server will finish it one way or the other. */
    UNDER_WAY,
    /** Committed for good. */
    COMMITTED,
    /** Never committed and never will be. */
    DISCARDED;

    /**
     * Reads a transaction. A status nobody knows counts as under way until {@code finalized_at} is set, since neither
     * committing again nor giving up would be safe.
     *
     * @param status {@code status} of the wire
     * @param finalizationState {@code finalization_state} of the wire, or empty text
     * @return its meaning
     */
    static SettledState ofTransaction(String status, String finalizationState) {
        SettledState byFinalization = ofWord(finalizationState);
        SettledState byStatus = ofWord(status);
        if (byFinalization == COMMITTED || byFinalization == DISCARDED) {
            return byFinalization;
        }
        return byStatus;
    }

    /**
     * Reads one status word.
     *
     * @param word word of the wire in any case
     * @return its meaning; a word nobody knows counts as under way
     */
    static SettledState ofWord(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "OPEN", "RUNNING", "ACTIVE", "CREATED", "PENDING", "ATTACHED" -> OPEN;
            case "COMMITTED", "SUCCESS", "SUCCEEDED", "COMPLETED", "FINALIZED_COMMITTED" -> COMMITTED;
            case "ABORTED", "FAILED", "EXPIRED", "CANCELLED", "ROLLED_BACK", "FINALIZED_FAILED" -> DISCARDED;
            default -> UNDER_WAY;
        };
    }
}
