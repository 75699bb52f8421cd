package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code TableDescriptionResponse} of the wire protocol (openapi-0.1.67.json).
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
