package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ManifestEntrySummaryResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record ManifestEntry(
        Map<String, ColumnStatistics> columnStats,
        @Nullable String contentEncoding,
        @Nullable Long contentLength,
        @Nullable String contentType,
        @Nullable String entryType,
        @Nullable String id,
        @Nullable Boolean mandatory,
        @Nullable Long recordCount,
        @Nullable String schemaId,
        @Nullable String sortSchemeId,
        @Nullable Long sourceContentLength,
        @Nullable String url) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public ManifestEntry {
        columnStats = Copies.map(columnStats);
    }
}
