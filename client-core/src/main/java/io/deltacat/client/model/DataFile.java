package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One data file of a scan task. Wire name {@code ThinClientDataFileResponse}.
 *
 * @param path absolute location
 * @param columnStats by column name; empty unless asked for
 * @param contentEncoding outer encoding; {@code identity} or null for none
 * @param contentLength stored bytes
 * @param contentType such as {@code parquet}; null means the plan's
 * @param fileAccessRef which storage binding reaches it, on newer servers
 * @param id id of its manifest entry
 * @param recordCount rows
 * @param schemaId schema it was written with, key of the plan's {@code schemas_by_id}
 * @param sortSchemeId scheme it is sorted by
 * @param sourceContentLength bytes of its rows as Arrow columns in memory
 */
@RecordBuilder
public record DataFile(
        String path,
        Map<String, ColumnStatistics> columnStats,
        @Nullable String contentEncoding,
        long contentLength,
        @Nullable String contentType,
        @Nullable String credentialStatus,
        @Nullable Map<String, JsonNode> fileAccessRef,
        @Nullable String id,
        @Nullable String logicalPath,
        @Nullable Boolean mandatory,
        long recordCount,
        @Nullable String schemaId,
        @Nullable String sortSchemeId,
        @Nullable Long sourceContentLength) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public DataFile {
        columnStats = Copies.map(columnStats);
        fileAccessRef = Copies.nullableMap(fileAccessRef);
    }
}
