package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, in the reply of every call on one (data-plane.md §3). Times are nanoseconds since the epoch, by the
 * server's clock. Wire name {@code RemoteTransactionResponse}.
 *
 * @param expiresAt when it expires unless it is kept alive by a heartbeat
 * @param status an open set of words; {@code RUNNING} is known of a live one
 * @param transactionVersion fence of every change; each mutation bound to the transaction raises it
 * @param asOf snapshot time it reads at, null for its own beginning
 * @param boundWriteSessions ids of the write sessions bound to it
 * @param finalizationState how it ended; an open set of words
 * @param finalizedAt when it ended, null while it is alive
 * @param refreshedCredentials renewed storage credentials
 * @param refreshedCredentialsBySession the same by write session id
 */
@RecordBuilder
public record RemoteTransaction(
        long createdAt,
        long expiresAt,
        long lastHeartbeatAt,
        String status,
        String transactionId,
        long transactionVersion,
        @Nullable Long asOf,
        List<String> boundWriteSessions,
        @Nullable String catalog,
        @Nullable String commitMessage,
        @Nullable String finalizationState,
        @Nullable Long finalizedAt,
        long operationCount,
        @Nullable Map<String, StorageCredential> refreshedCredentials,
        @Nullable Map<String, Map<String, StorageCredential>> refreshedCredentialsBySession) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public RemoteTransaction {
        boundWriteSessions = Copies.list(boundWriteSessions);
        refreshedCredentials = Copies.nullableMap(refreshedCredentials);
        refreshedCredentialsBySession = Copies.nullableMap(refreshedCredentialsBySession);
    }
}
