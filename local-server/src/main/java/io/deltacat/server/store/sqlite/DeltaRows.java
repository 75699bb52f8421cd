package io.deltacat.server.store.sqlite;

import io.deltacat.client.model.DeltaType;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.StreamRow;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;

/** How rows of streams, partitions, deltas and manifest entries are read. */
final class DeltaRows {
    static final RowMapper<StreamRow> STREAM = (row, context) -> new StreamRow(
            row.getLong("state_key"),
            row.getString("stream_id"),
            row.getString("table_id"),
            row.getString("table_version"),
            row.getString("previous_stream_id"));
    static final RowMapper<PartitionRow> PARTITION = (row, context) -> new PartitionRow(
            row.getLong("partition_key"),
            row.getString("partition_id"),
            row.getString("stream_id"),
            row.getString("partition_values"),
            row.getString("partition_scheme_id"),
            row.getString("previous_partition_id"),
            row.getString("completion_info"));
    static final RowMapper<PartitionProgress> PROGRESS = (row, context) -> new PartitionProgress(
            row.getLong("revision"),
            row.getString("transaction_id"),
            row.getLong("created_at"),
            Rows.nullableLong(row, "ordered_position"),
            row.getLong("ordered_at"),
            row.getLong("total_entries"),
            row.getLong("total_records"),
            row.getLong("total_bytes"),
            List.of(row.getString("content_types").split(",")),
            row.getLong("merges") != 0,
            row.getString("chain"));
    static final RowMapper<DeltaRow> DELTA = (row, context) -> new DeltaRow(
            row.getLong("partition_key"),
            row.getLong("stream_position"),
            row.getLong("delta_key"),
            Rows.nullableLong(row, "previous_stream_position"),
            DeltaType.valueOf(row.getString("delta_type")),
            row.getLong("created_at"),
            row.getString("transaction_id"),
            row.getString("session_id"),
            row.getString("manifest_id"),
            row.getString("content_type"),
            row.getLong("entry_count"),
            row.getLong("record_count"),
            row.getLong("content_length"),
            row.getString("fingerprint"),
            StoreJson.names(row.getString("equality_fields")));
    static final RowMapper<EntryRow> ENTRY = (row, context) -> new EntryRow(
            row.getLong("ordinal"),
            row.getString("path"),
            row.getLong("record_count"),
            row.getLong("content_length"),
            Rows.nullableLong(row, "source_content_length"),
            row.getString("content_encoding"),
            row.getString("schema_id"),
            row.getString("sort_scheme_id"),
            row.getString("entry_type"),
            row.getString("column_stats"),
            row.getString("properties"));
    static final RowMapper<StagedDelta> STAGED =
            (row, context) -> StoreJson.read(row.getString("document"), StagedDelta.class);

    private DeltaRows() {}
}
