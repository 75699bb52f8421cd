package io.deltacat.server.machine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction. Immutable; changed by {@link TransactionMachine} only. Times are nanoseconds since the epoch.
 *
 * @param transactionId id
 * @param transactionVersion fence; grows with every change
 * @param status where it stands
 * @param snapshotBefore commits before this time are what the transaction reads
 * @param asOf the time of history it reads; null for the present
 * @param commitMessage the caller's words; null if none
 * @param createdAt when it began
 * @param expiresAt when it ends without heartbeat
 * @param lastHeartbeatAt last sign of life
 * @param boundSessions ids of its write sessions, in order of their creation
 * @param operationCount mutations it took
 * @param finalizedAt when it ended; null while it runs
 * @param failure why it was lost; null unless failed
 * @param reason why it was aborted; null unless told
 */
@RecordBuilder
public record TransactionState(
        String transactionId,
        long transactionVersion,
        TransactionStatus status,
        long snapshotBefore,
        @Nullable Long asOf,
        @Nullable String commitMessage,
        long createdAt,
        long expiresAt,
        long lastHeartbeatAt,
        List<String> boundSessions,
        long operationCount,
        @Nullable Long finalizedAt,
        @Nullable Refusal failure,
        @Nullable String reason)
        implements TransactionStateBuilder.With {
    /** Copies the list. */
    public TransactionState {
        boundSessions = List.copyOf(boundSessions);
    }
}
