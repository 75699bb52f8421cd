package io.deltacat.flink.sink.commit;

import org.apache.flink.annotation.Internal;

/** What a server's transaction status means for a commit. */
@Internal
public enum TransactionState {
    /** Takes sessions and can be committed. */
    OPEN,
    /** A commit is under way, or the status is a word this release does not know: look again later. */
    UNSETTLED,
    /** Committed for good. */
    COMMITTED,
    /** Aborted, failed or expired: can never be committed any more. */
    DEAD
}
