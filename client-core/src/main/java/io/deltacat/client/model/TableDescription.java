package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table version (data-plane.md §6.1). Counts are null unless asked for on newer servers. Wire name {@code
 * TableDescriptionResponse}.
 *
 * @param deltaCount deltas of the version
 * @param gcWatermark time-travel floor
 * @param lifecycleState such as {@code active}
 * @param mergeKeys merge key columns, null or empty if there are none
 * @param schema fields; null for a table without schema
 * @param schemaSerialized base64 Arrow IPC schema, the exact form of {@code schema}; null on older servers
 * @param streamFormat format of the stream, {@code deltacat}
 * @param streamId current stream; new after a replacement of the table
 * @param tableId identity that survives renames; null on older servers
 * @param tableVersion version that was described
 * @param totalRecords rows before merging
 */
@RecordBuilder
public record TableDescription(
        String tableName,
        @Nullable List<String> contentTypes,
        @Nullable Long deltaCount,
        @Nullable String description,
        @Nullable Long eventTimeWatermark,
        @Nullable JsonNode gcWatermark,
        @Nullable String lifecycleState,
        @Nullable List<String> mergeKeys,
        @Nullable Long partitionCount,
        @Nullable PartitionScheme partitionScheme,
        @Nullable JsonNode properties,
        @Nullable List<SchemaField> schema,
        @Nullable String schemaSerialized,
        @Nullable SortScheme sortScheme,
        @Nullable String stagedStreamId,
        @Nullable JsonNode statsOmitted,
        @Nullable String statsSource,
        @Nullable String streamFormat,
        @Nullable String streamId,
        @Nullable String tableId,
        @Nullable JsonNode tableProperties,
        @Nullable String tableVersion,
        @Nullable Long totalBytes,
        @Nullable Long totalFiles,
        @Nullable Long totalRecords) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public TableDescription {
        contentTypes = Copies.nullableList(contentTypes);
        mergeKeys = Copies.nullableList(mergeKeys);
        schema = Copies.nullableList(schema);
    }
}
