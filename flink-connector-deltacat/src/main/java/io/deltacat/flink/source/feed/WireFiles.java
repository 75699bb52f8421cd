package io.deltacat.flink.source.feed;

import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ManifestEntry;
import io.deltacat.format.registry.ContentType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Turns what the wire says about files and delta types into what readers need. Pure. */
@Internal
final class WireFiles {
    private WireFiles() {}

    static SourceFile of(DataFile file, @Nullable String tableContentType, Optional<EventTimeColumn> eventTime) {
        String format = format(file.contentType() != null ? file.contentType() : tableContentType);
        return new SourceFile(
                file.path(),
                format,
                encoding(file.contentEncoding()),
                file.contentLength(),
                file.recordCount(),
                file.schemaId(),
                earliest(eventTime, file.columnStats(), format, file.recordCount()));
    }

    static SourceFile of(
            ManifestEntry entry,
            String absolutePath,
            @Nullable String deltaContentType,
            Optional<EventTimeColumn> eventTime) {
        String format = format(entry.contentType() != null ? entry.contentType() : deltaContentType);
        Long length = entry.contentLength();
        Long records = entry.recordCount();
        Long schema = entry.schemaId();
        return new SourceFile(
                absolutePath,
                format,
                encoding(entry.contentEncoding()),
                length == null ? 0 : length,
                records == null ? SourceFile.UNKNOWN_RECORDS : records,
                schema == null ? null : schema.toString(),
                earliest(eventTime, entry.columnStats(), format, records == null ? -1 : records));
    }

    private static long earliest(
            Optional<EventTimeColumn> eventTime,
            Map<String, ColumnStatistics> statistics,
            String format,
            long records) {
        return eventTime
                .map(column -> column.earliest(statistics, format, records))
                .orElse(EventTimeColumn.UNKNOWN);
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
