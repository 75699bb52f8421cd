package io.deltacat.flink.source.feed;

import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * One data file of a delta, as the readers need it. Immutable; carries no credentials.
 *
 * @param path absolute location: a bare path or a URI
 * @param format short format name in lower case, such as {@code parquet}
 * @param encoding content encoding in lower case; {@code identity} when the bytes are the format's own
 * @param contentLength stored bytes, 0 when the server did not say
 * @param recordCount rows in the file, or -1 when the server did not say
 * @param schemaId id of the schema the file was written with, or null when unknown
 * @param earliestEventTime no row happened before this time, in milliseconds since 1970; {@link EventTimeColumn#UNKNOWN} when
 *     nothing is known, {@link EventTimeColumn#NONE} when no row has an event time
 */
@Internal
public record SourceFile(
        String path,
        String format,
        String encoding,
        long contentLength,
        long recordCount,
        @Nullable String schemaId,
        long earliestEventTime) {
    /** Content encoding of a file whose bytes are the format's own. */
    public static final String IDENTITY = "identity";

    /** Value of {@link #recordCount()} when the number of rows is unknown. */
    public static final long UNKNOWN_RECORDS = -1;

    /**
     * Makes a file of which no event times are known.
     *
     * @param path absolute location: a bare path or a URI
     * @param format short format name in lower case, such as {@code parquet}
     * @param encoding content encoding in lower case
     * @param contentLength stored bytes, 0 when the server did not say
     * @param recordCount rows in the file, or -1 when the server did not say
     * @param schemaId id of the schema the file was written with, or null when unknown
     */
    public SourceFile(
            String path,
            String format,
            String encoding,
            long contentLength,
            long recordCount,
            @Nullable String schemaId) {
        this(path, format, encoding, contentLength, recordCount, schemaId, EventTimeColumn.UNKNOWN);
    }

    /** Checks the numbers. */
    public SourceFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(encoding, "encoding");
        if (contentLength < 0 || recordCount < UNKNOWN_RECORDS) {
            throw new IllegalArgumentException("File '%s': content length %d and record count %d are not sizes"
                    .formatted(path, contentLength, recordCount));
        }
    }
}
