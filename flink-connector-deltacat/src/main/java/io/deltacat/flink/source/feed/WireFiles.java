package io.deltacat.flink.source.feed;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ManifestEntry;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.format.registry.ContentType;
import java.util.Locale;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Turns what the wire says about files and delta types into what readers need. Pure. */
@Internal
final class WireFiles {
    private WireFiles() {}

    static SourceFile of(DataFile file, @Nullable String tableContentType) {
        return new SourceFile(
                file.path(),
                format(file.contentType() != null ? file.contentType() : tableContentType),
                encoding(file.contentEncoding()),
                file.contentLength(),
                file.recordCount(),
                file.schemaId());
    }

    static SourceFile of(ManifestEntry entry, String absolutePath, @Nullable String deltaContentType) {
        Long length = entry.contentLength();
        Long records = entry.recordCount();
        Long schema = entry.schemaId();
        return new SourceFile(
                absolutePath,
                format(entry.contentType() != null ? entry.contentType() : deltaContentType),
                encoding(entry.contentEncoding()),
                length == null ? 0 : length,
                records == null ? SourceFile.UNKNOWN_RECORDS : records,
                schema == null ? null : schema.toString());
    }

    /**
     * Finds the kind of a delta and checks that this source can read it.
     *
     * @param table table name, for the error text
     * @param delta the delta
     * @param wireName {@code delta_type} of the wire
     * @return the kind
     * @throws DeltaCatSourceException.UnsupportedTable when the rows are not plain inserts
     */
    static DeltaKind insertOnlyKind(String table, DeltaRef delta, @Nullable String wireName) {
        DeltaKind kind = DeltaKind.ofWireName(wireName).orElse(null);
        if (kind == null || !kind.insertOnly()) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s, delta %s: its type is '%s'; expected 'add' or 'append'. This source reads tables without merge keys; write to the table with modes add or append, or read another one."
                            .formatted(table, delta, wireName));
        }
        return kind;
    }

    private static String format(@Nullable String contentType) {
        if (contentType == null || contentType.isEmpty()) {
            return "parquet";
        }
        return ContentType.named(contentType)
                .map(ContentType::wireName)
                .orElseGet(() -> contentType.toLowerCase(Locale.ROOT));
    }

    private static String encoding(@Nullable String contentEncoding) {
        return contentEncoding == null || contentEncoding.isEmpty()
                ? SourceFile.IDENTITY
                : contentEncoding.toLowerCase(Locale.ROOT);
    }
}
