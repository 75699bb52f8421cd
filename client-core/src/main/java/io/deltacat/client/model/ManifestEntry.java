package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of a delta's manifest. Wire name {@code ManifestEntrySummaryResponse}.
 *
 * @param contentLength stored bytes
 * @param recordCount rows
 * @param url stored location, which may be relative to a data root or begin with {@code {{root}}}: resolve it by a
 *     plan
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
        @Nullable Long schemaId,
        @Nullable String sortSchemeId,
        @Nullable Long sourceContentLength,
        @Nullable String url) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public ManifestEntry {
        columnStats = Copies.map(columnStats);
    }
}
