package io.deltacat.server.store.sqlite;

import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.DeltaWrites;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.StreamRow;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Changes of streams, partitions, deltas and manifest entries. */
final class SqlDeltaWrites implements DeltaWrites {
    private final Handle handle;
    private final KeyAllocator keys;
    private final long commitTime;
    private final PendingRows pending;

    SqlDeltaWrites(Handle handle, KeyAllocator keys, long commitTime) {
        this.handle = handle;
        this.keys = keys;
        this.commitTime = commitTime;
        this.pending = new PendingRows(handle, commitTime);
    }

    @Override
    public void addStream(StreamRow row, String transactionId) {
        Rows.update(
                handle,
                "INSERT INTO stream_state (state_key, stream_id, table_id, table_version, previous_stream_id,"
                        + " created_at, removed_at, creating_transaction) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                keys.newKey(),
                row.streamId(),
                row.tableId(),
                row.tableVersion(),
                row.previousStreamId(),
                pending.createdAt(transactionId),
                Visibility.LIVE,
                PendingRows.creator(transactionId));
    }

    @Override
    public boolean removeStream(StreamRow row, String transactionId) {
        return pending.hide("stream_state", row.stateKey(), transactionId);
    }

    @Override
    public void removePartition(PartitionRow row) {
        Rows.update(
                handle,
                "UPDATE partition_state SET removed_at = ? WHERE partition_key = ?",
                commitTime,
                row.partitionKey());
    }

    @Override
    public void addPartition(PartitionRow row) {
        Rows.update(
                handle,
                "INSERT INTO partition_state (partition_key, partition_id, stream_id, partition_values,"
                        + " partition_scheme_id, previous_partition_id, completion_info, created_at, removed_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.partitionKey(),
                row.partitionId(),
                row.streamId(),
                row.partitionValues(),
                row.partitionSchemeId(),
                row.previousPartitionId(),
                row.completionInfo(),
                commitTime,
                Visibility.LIVE);
    }

    @Override
    public void addEntries(long deltaKey, List<EntryRow> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO manifest_entry (delta_key, ordinal, path, record_count, content_length,"
                        + " source_content_length, content_encoding, schema_id, sort_scheme_id, entry_type,"
                        + " column_stats, properties) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (EntryRow entry : entries) {
                batch.bind(0, deltaKey)
                        .bind(1, entry.ordinal())
                        .bind(2, entry.path())
                        .bind(3, entry.recordCount())
                        .bind(4, entry.contentLength())
                        .bind(5, entry.sourceContentLength())
                        .bind(6, entry.contentEncoding())
                        .bind(7, entry.schemaId())
                        .bind(8, entry.sortSchemeId())
                        .bind(9, entry.entryType())
                        .bind(10, entry.columnStats())
                        .bind(11, entry.properties())
                        .add();
            }
            batch.execute();
        }
    }

    @Override
    public void addDelta(DeltaRow delta, PartitionProgress progress) {
        Rows.update(
                handle,
                "INSERT INTO delta (partition_key, stream_position, delta_key, previous_stream_position, delta_type,"
                        + " created_at, transaction_id, session_id, manifest_id, content_type, entry_count,"
                        + " record_count, content_length, fingerprint, equality_fields, revision, ordered_position,"
                        + " ordered_at, total_entries, total_records, total_bytes, content_types,"
                        + " merges, chain)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                delta.partitionKey(),
                delta.streamPosition(),
                delta.deltaKey(),
                delta.previousStreamPosition(),
                delta.deltaType().name(),
                delta.createdAt(),
                delta.transactionId(),
                delta.sessionId(),
                delta.manifestId(),
                delta.contentType(),
                delta.entryCount(),
                delta.recordCount(),
                delta.contentLength(),
                delta.fingerprint(),
                StoreJson.write(delta.equalityFields()),
                progress.revision(),
                progress.orderedPosition(),
                progress.orderedAt(),
                progress.entries(),
                progress.records(),
                progress.bytes(),
                String.join(",", progress.contentTypes()),
                progress.merges() ? 1 : 0,
                progress.chain());
    }

    @Override
    public void repairTotals(long partitionKey) {
        List<long[]> deltas = Rows.list(
                handle,
                "SELECT stream_position, entry_count, record_count, content_length FROM delta WHERE partition_key = ?"
                        + " ORDER BY created_at, revision",
                (row, context) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)},
                partitionKey);
        long revision = 0;
        long entries = 0;
        long records = 0;
        long bytes = 0;
        for (long[] delta : deltas) {
            revision++;
            entries += delta[1];
            records += delta[2];
            bytes += delta[3];
            Rows.update(
                    handle,
                    "UPDATE delta SET revision = ?, total_entries = ?, total_records = ?, total_bytes = ?"
                            + " WHERE partition_key = ? AND stream_position = ?",
                    revision,
                    entries,
                    records,
                    bytes,
                    partitionKey,
                    delta[0]);
        }
    }

    @Override
    public void stage(String transactionId, StagedDelta delta) {
        Rows.update(
                handle,
                "INSERT INTO staged_delta (delta_key, transaction_id, session_id, table_id, document)"
                        + " VALUES (?, ?, ?, ?, ?)",
                delta.deltaKey(),
                transactionId,
                delta.sessionId(),
                delta.tableId(),
                StoreJson.write(delta));
    }

    @Override
    public void unstage(long deltaKey) {
        Rows.update(handle, "DELETE FROM staged_delta WHERE delta_key = ?", deltaKey);
    }

    @Override
    public void removeEntries(long deltaKey) {
        Rows.update(handle, "DELETE FROM manifest_entry WHERE delta_key = ?", deltaKey);
    }
}
