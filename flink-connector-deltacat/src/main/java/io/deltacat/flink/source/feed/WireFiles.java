package io.deltacat.flink.source.feed;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ManifestEntry;
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
