package io.deltacat.server.store;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A manifest entry: one file of a delta.
 *
 * @param ordinal place in the manifest, from 0
 * @param path stored form of its location: {@code {{root}}/…} inside a data root, else absolute
 * @param recordCount rows
 * @param contentLength stored bytes
 * @param sourceContentLength bytes in memory; null if not told
 * @param contentEncoding null for none told
 * @param schemaId schema it was written with; null if unknown
 * @param sortSchemeId order of its rows; null if unknown
 * @param entryType kind of entry
 * @param columnStats JSON text of its column statistics
 * @param properties JSON text of free properties; null if none
 */
@RecordBuilder
public record EntryRow(
        long ordinal,
        String path,
        long recordCount,
        long contentLength,
        @Nullable Long sourceContentLength,
        @Nullable String contentEncoding,
        @Nullable String schemaId,
        @Nullable String sortSchemeId,
        String entryType,
        String columnStats,
        @Nullable String properties) {}
