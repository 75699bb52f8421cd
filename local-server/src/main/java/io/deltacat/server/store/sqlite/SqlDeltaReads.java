package io.deltacat.server.store.sqlite;

import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.DeltaSums;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.PartitionChange;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads of streams, partitions, deltas and manifest entries. */
final class SqlDeltaReads implements DeltaReads {
    private final Handle handle;
    private final long before;
    private final String transaction;

    SqlDeltaReads(Handle handle, Snapshot snapshot) {
        this.handle = handle;
        this.before = snapshot.before();
        this.transaction = snapshot.transactionId();
    }

    @Override
    public Optional<StreamRow> currentStream(String tableId, String tableVersion) {
        return Rows.first(
                handle,
                "SELECT * FROM stream_state WHERE table_id = ? AND table_version = ? AND " + Visibility.VISIBLE,
                DeltaRows.STREAM,
                tableId,
                tableVersion,
                before,
                transaction,
                before,
                transaction);
    }

    @Override
    public Optional<StreamRow> stream(String tableId, String tableVersion, String streamId) {
        return Rows.first(
                handle,
                "SELECT * FROM stream_state WHERE stream_id = ? AND table_id = ? AND table_version = ? AND "
                        + Visibility.CREATED,
                DeltaRows.STREAM,
                streamId,
                tableId,
                tableVersion,
                before,
                transaction);
    }

    @Override
    public boolean isCurrent(StreamRow stream) {
        return Rows.first(
                        handle,
                        "SELECT 1 FROM stream_state WHERE state_key = ? AND " + Visibility.VISIBLE,
                        (row, context) -> 1,
                        stream.stateKey(),
                        before,
                        transaction,
                        before,
                        transaction)
                .isPresent();
    }

    @Override
    public List<PartitionRow> partitions(String streamId, long afterKey, int limit) {
        return Rows.list(
                handle,
                "SELECT * FROM partition_state WHERE stream_id = ? AND partition_key > ?"
                        + " AND created_at < ? AND removed_at >= ? ORDER BY partition_key LIMIT ?",
                DeltaRows.PARTITION,
                streamId,
                afterKey,
                before,
                before,
                limit);
    }

    @Override
    public Optional<PartitionRow> partition(
            String streamId, String partitionValues, @Nullable String partitionSchemeId) {
        return partitionsOf(streamId, partitionValues).stream()
                .filter(row -> Objects.equals(row.partitionSchemeId(), partitionSchemeId))
                .findFirst();
    }

    @Override
    public List<PartitionRow> partitionsOf(String streamId, String partitionValues) {
        return Rows.list(
                handle,
                "SELECT * FROM partition_state WHERE stream_id = ? AND partition_values = ?"
                        + " AND created_at < ? AND removed_at >= ? ORDER BY partition_key",
                DeltaRows.PARTITION,
                streamId,
                partitionValues,
                before,
                before);
    }

    @Override
    public Optional<PartitionRow> partitionById(String streamId, String partitionId) {
        return Rows.first(
                handle,
                "SELECT * FROM partition_state WHERE partition_id = ? AND stream_id = ? AND created_at < ?",
                DeltaRows.PARTITION,
                partitionId,
                streamId,
                before);
    }

    @Override
    public Optional<PartitionRow> partitionByKey(long partitionKey) {
        return Rows.first(
                handle,
                "SELECT * FROM partition_state WHERE partition_key = ? AND created_at < ?",
                DeltaRows.PARTITION,
                partitionKey,
                before);
    }

    @Override
    public Optional<StreamRow> streamById(String streamId) {
        return Rows.first(
                handle,
                "SELECT * FROM stream_state WHERE stream_id = ? AND " + Visibility.CREATED,
                DeltaRows.STREAM,
                streamId,
                before,
                transaction);
    }

    @Override
    public List<PartitionChange> changes(PartitionChange after, int limit) {
        return Rows.list(
                handle,
                "SELECT created_at, partition_key FROM delta WHERE (created_at, partition_key) > (?, ?)"
                        + " AND created_at < ? ORDER BY created_at, partition_key LIMIT ?",
                (row, context) -> new PartitionChange(row.getLong(1), row.getLong(2)),
                after.changedAt(),
                after.partitionKey(),
                before,
                limit);
    }

    @Override
    public boolean isCurrent(PartitionRow partition) {
        return Rows.first(
                        handle,
                        "SELECT 1 FROM partition_state WHERE partition_key = ? AND created_at < ? AND removed_at >= ?",
                        (row, context) -> 1,
                        partition.partitionKey(),
                        before,
                        before)
                .isPresent();
    }

    @Override
    public DeltaSums sums(long partitionKey) {
        return Rows.first(
                        handle,
                        "SELECT COUNT(*), COALESCE(SUM(entry_count), 0), COALESCE(SUM(record_count), 0),"
                                + " COALESCE(SUM(content_length), 0) FROM delta WHERE partition_key = ? AND created_at < ?",
                        (row, context) -> new DeltaSums(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                        partitionKey,
                        before)
                .orElseThrow();
    }

    @Override
    public Optional<PartitionProgress> progress(long partitionKey) {
        return Rows.first(
                handle,
                "SELECT revision, transaction_id, created_at, ordered_position, ordered_at, total_entries,"
                        + " total_records, total_bytes, content_types, merges, chain FROM delta WHERE partition_key = ? AND created_at < ?"
                        + " ORDER BY created_at DESC, revision DESC LIMIT 1",
                DeltaRows.PROGRESS,
                partitionKey,
                before);
    }

    @Override
    public List<DeltaRow> deltasByPosition(long partitionKey, long first, long last, int limit) {
        return Rows.list(
                handle,
                "SELECT * FROM delta WHERE partition_key = ? AND stream_position >= ? AND stream_position <= ?"
                        + " AND created_at < ? ORDER BY stream_position LIMIT ?",
                DeltaRows.DELTA,
                partitionKey,
                first,
                last,
                before,
                limit);
    }

    @Override
    public List<DeltaRow> deltasByCommit(long partitionKey, long afterCreatedAt, long afterPosition, int limit) {
        return Rows.list(
                handle,
                "SELECT * FROM delta WHERE partition_key = ? AND (created_at, stream_position) > (?, ?)"
                        + " AND created_at < ? ORDER BY created_at, stream_position LIMIT ?",
                DeltaRows.DELTA,
                partitionKey,
                afterCreatedAt,
                afterPosition,
                before,
                limit);
    }

    @Override
    public Optional<DeltaRow> delta(long partitionKey, long streamPosition) {
        return Rows.first(
                handle,
                "SELECT * FROM delta WHERE partition_key = ? AND stream_position = ? AND created_at < ?",
                DeltaRows.DELTA,
                partitionKey,
                streamPosition,
                before);
    }

    @Override
    public List<EntryRow> entries(long deltaKey, long fromOrdinal, int limit) {
        return Rows.list(
                handle,
                "SELECT * FROM manifest_entry WHERE delta_key = ? AND ordinal >= ? ORDER BY ordinal LIMIT ?",
                DeltaRows.ENTRY,
                deltaKey,
                fromOrdinal,
                limit);
    }

    @Override
    public List<StagedDelta> staged(String transactionId) {
        return Rows.list(
                handle,
                "SELECT document FROM staged_delta WHERE transaction_id = ? ORDER BY delta_key",
                DeltaRows.STAGED,
                transactionId);
    }

    @Override
    public List<StagedDelta> stagedBySession(String sessionId) {
        return Rows.list(
                handle,
                "SELECT document FROM staged_delta WHERE session_id = ? ORDER BY delta_key",
                DeltaRows.STAGED,
                sessionId);
    }

    @Override
    public List<StreamRow> replacedBy(String transactionId) {
        return Rows.list(
                handle,
                "SELECT * FROM stream_state WHERE removing_transaction = ? ORDER BY state_key",
                DeltaRows.STREAM,
                transactionId);
    }

    @Override
    public Optional<DeltaRow> changeSince(String streamId, long timeNanos) {
        return Rows.first(
                handle,
                "SELECT delta.* FROM partition_state JOIN delta ON delta.partition_key = partition_state.partition_key"
                        + " WHERE partition_state.stream_id = ? AND delta.created_at >= ?"
                        + " AND delta.session_id <> '" + DeltaRow.NO_SESSION + "' LIMIT 1",
                DeltaRows.DELTA,
                streamId,
                timeNanos);
    }
}
