package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write session, in the reply of every call on one (data-plane.md §1.3, §1.11). Times are nanoseconds since the
 * epoch, by the server's clock. Wire name {@code WriteSessionResponse}.
 *
 * @param createdAt when it was opened
 * @param dataDir directory location new files belong under, shared by sessions of one write key: file names must
 *     be unique
 * @param expiresAt when it expires unless it is kept alive by a heartbeat
 * @param lastHeartbeatAt when it was opened or last kept alive
 * @param mode write mode, lower case
 * @param sessionVersion fence of heartbeat, commit and abort; each of them raises it
 * @param status an open set of words; {@code OPEN}, {@code ATTACHED}, {@code COMMITTED}, {@code ABORTED} are known
 * @param tableExists whether the table existed when the session was opened
 * @param attached true once the commit of a session bound to a transaction was accepted
 * @param bindingId storage binding of {@code dataDir}; null on servers of 0.1.1
 * @param bindingRevision its revision
 * @param commitOperationId operation under which it is or was committed; null before a commit and on servers of
 *     0.1.1
 * @param commitStatus {@code PREPARED}, {@code APPLIED} (cannot be undone) or {@code COMMITTED}; committed means
 *     this and {@code status} both say so
 * @param committed the only mark of a commit on servers of 0.1.1
 * @param committedDeltaLocators the deltas the commit made; null on older servers
 * @param credentials by binding id and revision, by endpoint URL, or {@code default}; null or empty when storage
 *     needs none
 * @param mergeKeys merge key columns, null or empty if the table has none
 * @param pendingOperationId operation that is being committed
 * @param schema fields of the table; null for a table without schema
 * @param schemaEvolutionMode may end in {@code auto}: extra columns are allowed then
 * @param schemaSerialized base64 Arrow IPC schema, the exact form of {@code schema}
 * @param targetRecordsPerFile rows per file the table asks for, or null
 * @param transactionId transaction it is bound to, null if it commits by itself
 * @param transactionVersion version of that transaction after this call
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
