package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ThinClientDataFileResponse} of the wire protocol (openapi-0.1.67.json).
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
