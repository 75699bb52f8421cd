package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code WriteEntrySummary} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record WriteEntry(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long bindingRevision,
        Map<String, ColumnStatistics> columnStats,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String contentEncoding,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long contentLength,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String dataRootName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, JsonNode> entryParams,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String entryType,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean expectedMissingPartition,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode expectedPartitionSnapshot,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String expectedPreviousPartitionId,
        @Nullable String partitionSchemeId,
        @Nullable List<@Nullable Object> partitionValues,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String path,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, JsonNode> properties,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long recordCount,
        @Nullable String schemaId,
        @Nullable String sortSchemeId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long sourceContentLength,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String storageBindingName) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public WriteEntry {
        columnStats = Copies.map(columnStats);
        entryParams = Copies.nullableMap(entryParams);
        partitionValues = Copies.nullableList(partitionValues);
        properties = Copies.nullableMap(properties);
    }
}
