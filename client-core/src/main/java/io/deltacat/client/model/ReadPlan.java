package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a read plan (data-plane.md §2.3). Maps by id have text keys. Wire name {@code
 * ThinClientReadPlanResponse}.
 *
 * @param contentType content type of the files, or {@code mixed}
 * @param requiresMor whether rows have to be merged on read (§2.5)
 * @param totalBytes stored bytes of all files, not of this page
 * @param totalFiles files of the whole plan
 * @param totalRecords rows of the whole plan before merging
 * @param credentials by binding id and revision, by endpoint URL, or {@code default}
 * @param dataRoots data roots by name
 * @param expiresAt when the credentials end, nanoseconds since the epoch; plan again to renew them
 * @param mergeKeys merge key columns, null or empty if there are none
 * @param morPlan merge order, present if merging is needed
 * @param nextFileOffset {@code fileOffset} of the next page; only with {@code truncated}
 * @param partitionSchemesById all schemes files or tasks refer to
 * @param returnedFiles files in this page
 * @param scanTasks one for each delta in this page; a delta's files may be spread over pages
 * @param schema fields of the table; null with {@code schemaSerialized} for a table without schema
 * @param schemaSerialized base64 Arrow IPC schema, the exact form of {@code schema}
 * @param snapshotId changes whenever the planned deltas change; it has no order
 * @param tableVersion version that was planned
 * @param transactionVersionSeen version of the transaction the plan was made in
 * @param truncated whether more pages follow; a reader that ignores it loses rows
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
