package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code RemoteTransactionResponse} of the wire protocol (openapi-0.1.67.json).
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
