package io.deltacat.flink.source.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.filter.ColumnType;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.format.registry.ContentType;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The column that says when the event of a row happened, and what statistics of files say about it. Immutable; pure.
 *
 * @param name name of a timestamp column
 */
@Internal
public record EventTimeColumn(String name) {
    /** What is known of a file that no statistics speak of: its rows may be as old as can be. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** What is known of a file without any event time: its rows hold nothing back. */
    public static final long NONE = Long.MAX_VALUE;

    private static final BigInteger NANOS_PER_MILLI = BigInteger.valueOf(1_000_000);

    /** Files whose statistics speak of the values that are read (protocol/data-plane.md §1.6). */
    private static final Set<ContentType> TRUSTED =
            EnumSet.of(ContentType.PARQUET, ContentType.AVRO, ContentType.FEATHER, ContentType.ORC);

    /**
     * Finds the earliest event time of a file.
     *
     * @param statistics statistics by column
     * @param format short format name of the file
     * @param records rows of the file, negative when unknown
     * @return milliseconds since 1970, rounded down; {@link #UNKNOWN} or {@link #NONE}
     */
    long earliest(Map<String, ColumnStatistics> statistics, String format, long records) {
        ColumnStatistics known = statistics.get(name);
        boolean trusted = ContentType.named(format).filter(TRUSTED::contains).isPresent();
        if (known == null || !trusted) {
            return UNKNOWN;
        }
        Long nulls = known.nullCount();
        if (known.min() == null && nulls != null && nulls == records) {
            return NONE;
        }
        return millis(known.min());
    }

    private static long millis(@Nullable JsonNode bound) {
        Optional<Comparable<?>> nanos = bound == null ? Optional.empty() : ColumnType.TIMESTAMP.comparable(bound);
        if (nanos.isPresent() && nanos.get() instanceof BigInteger value) {
            BigInteger[] parts = value.divideAndRemainder(NANOS_PER_MILLI);
            BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
            return floor.bitLength() < Long.SIZE - 1 ? floor.longValue() : UNKNOWN;
        }
        return UNKNOWN;
    }
}
