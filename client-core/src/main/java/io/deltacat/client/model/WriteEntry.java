package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file to register with a commit (data-plane.md §1.6). Servers of 0.1.1 know {@code path}, the counts, {@code
 * content_encoding} and {@code column_stats} only. Wire name {@code WriteEntrySummary}.
 *
 * @param columnStats by column name; never null on the wire
 * @param contentEncoding outer encoding such as {@code gzip}, null for none
 * @param contentLength stored bytes
 * @param entryParams {@code equality_field_locators} of a delete; servers fill in the merge keys
 * @param entryType {@code data}
 * @param partitionSchemeId scheme of {@code partitionValues}
 * @param partitionValues values in the order of the scheme's keys; null for an unpartitioned table
 * @param path absolute location of the file
 * @param recordCount rows
 * @param schemaId schema a file was written with before; servers fill in the current one
 * @param sortSchemeId scheme the file is sorted by, the fixed "unsorted" id, or null for an unknown order
 * @param sourceContentLength bytes of the rows as Arrow columns in memory
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
