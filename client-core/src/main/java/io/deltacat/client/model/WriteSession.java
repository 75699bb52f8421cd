package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code WriteSessionResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record WriteSession(
        long createdAt,
        String dataDir,
        long expiresAt,
        String format,
        long lastHeartbeatAt,
        String mode,
        String namespace,
        String sessionId,
        long sessionVersion,
        String status,
        String table,
        boolean tableExists,
        @Nullable Long asOf,
        @Nullable Boolean attached,
        @Nullable Map<String, DataRootInfo> availableRoots,
        @Nullable Map<String, JsonNode> availableStorageBindings,
        @Nullable String bindingId,
        @Nullable Long bindingRevision,
        @Nullable String catalog,
        @Nullable String commitOperationId,
        @Nullable String commitStatus,
        @Nullable Boolean committed,
        @Nullable List<CommittedDeltaLocator> committedDeltaLocators,
        @Nullable Map<String, StorageCredential> credentials,
        @Nullable Long deltasWritten,
        @Nullable String expectedTableId,
        @Nullable Long filesRegistered,
        @Nullable String layout,
        @Nullable String locationMode,
        @Nullable List<String> mergeKeys,
        @Nullable PartitionScheme partitionScheme,
        @Nullable String pendingOperationId,
        @Nullable String resolvedTableVersion,
        @Nullable String root,
        @Nullable String rootId,
        @Nullable List<SchemaField> schema,
        @Nullable String schemaConsistencyType,
        @Nullable String schemaEvolutionMode,
        @Nullable String schemaSerialized,
        @Nullable SortScheme sortScheme,
        @Nullable String stagedStreamId,
        @Nullable String standaloneTransactionId,
        @Nullable Long standaloneTransactionVersion,
        @Nullable String storageSnapshotId,
        @Nullable String tableVersion,
        @Nullable Long targetRecordsPerFile,
        @Nullable Long totalBytes,
        @Nullable Long totalRecords,
        @Nullable String transactionId,
        @Nullable Long transactionVersion,
        boolean writeOnce,
        @Nullable JsonNode writeOnceInputContext,
        @Nullable String writeOnceInputSha256) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public WriteSession {
        availableRoots = Copies.nullableMap(availableRoots);
        availableStorageBindings = Copies.nullableMap(availableStorageBindings);
        committedDeltaLocators = Copies.nullableList(committedDeltaLocators);
        credentials = Copies.nullableMap(credentials);
        mergeKeys = Copies.nullableList(mergeKeys);
        schema = Copies.nullableList(schema);
    }
}
