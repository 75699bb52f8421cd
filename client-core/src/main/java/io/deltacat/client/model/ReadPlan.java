package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ThinClientReadPlanResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record ReadPlan(
        String contentType,
        String namespace,
        boolean requiresMor,
        String table,
        long totalBytes,
        long totalFiles,
        long totalRecords,
        @Nullable Map<String, StorageCredential> credentials,
        @Nullable Map<String, DataRootInfo> dataRoots,
        @Nullable String expectedTableId,
        @Nullable Long expiresAt,
        @Nullable Map<String, JsonNode> manifestIdentityAttestation,
        @Nullable List<String> mergeKeys,
        @Nullable String morInstructions,
        @Nullable MorPlan morPlan,
        @Nullable Long nextFileOffset,
        @Nullable Map<String, JsonNode> partitionFrontierAttestation,
        @Nullable PartitionScheme partitionScheme,
        @Nullable Map<String, PartitionScheme> partitionSchemesById,
        @Nullable Boolean preferredRootUsed,
        @Nullable Map<String, JsonNode> replicationStatus,
        long returnedFiles,
        List<ScanTask> scanTasks,
        @Nullable List<SchemaField> schema,
        @Nullable String schemaSerialized,
        @Nullable Map<String, List<SchemaField>> schemasById,
        @Nullable Map<String, String> schemasSerializedById,
        @Nullable String snapshotId,
        @Nullable SortScheme sortScheme,
        @Nullable Map<String, SortScheme> sortSchemesById,
        @Nullable String stagedStreamId,
        @Nullable Map<String, StorageBindingIdentity> storageBindingIdentities,
        @Nullable Map<String, StorageBindingInfo> storageBindings,
        @Nullable List<String> storageDependencyUris,
        @Nullable Map<String, Map<String, JsonNode>> storageRootRecordsById,
        @Nullable String storageSnapshotId,
        @Nullable String tableVersion,
        @Nullable String transactionId,
        @Nullable Long transactionVersionSeen,
        boolean truncated) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public ReadPlan {
        credentials = Copies.nullableMap(credentials);
        dataRoots = Copies.nullableMap(dataRoots);
        manifestIdentityAttestation = Copies.nullableMap(manifestIdentityAttestation);
        mergeKeys = Copies.nullableList(mergeKeys);
        partitionFrontierAttestation = Copies.nullableMap(partitionFrontierAttestation);
        partitionSchemesById = Copies.nullableMap(partitionSchemesById);
        replicationStatus = Copies.nullableMap(replicationStatus);
        scanTasks = Copies.list(scanTasks);
        schema = Copies.nullableList(schema);
        schemasById = Copies.nullableMap(schemasById);
        schemasSerializedById = Copies.nullableMap(schemasSerializedById);
        sortSchemesById = Copies.nullableMap(sortSchemesById);
        storageBindingIdentities = Copies.nullableMap(storageBindingIdentities);
        storageBindings = Copies.nullableMap(storageBindings);
        storageDependencyUris = Copies.nullableList(storageDependencyUris);
        storageRootRecordsById = Copies.nullableMap(storageRootRecordsById);
    }
}
