package io.deltacat.client.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.SortScheme;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.FileStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entry that registers a finished file (protocol/data-plane.md §1.6). {@code null_count} is always sent. Bounds
 * of temporal columns are ISO texts that Python can parse, so they carry microseconds at most: a lower bound is rounded
 * down and an upper one up, and years outside 1 to 9999 give no bounds. Decimal bounds are texts. Stateless.
 */
public final class WriteEntries {
    /** {@code sort_scheme_id} of files of a table that has no sort scheme. */
    public static final String UNSORTED_SCHEME_ID = "deadbeef-7277-49a4-a195-fdc8ed235d42";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter TIME_SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter TIME_MICROS = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

    private static final Instant FIRST_PYTHON_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END_OF_PYTHON_INSTANTS = Instant.parse("+10000-01-01T00:00:00Z");

    private WriteEntries() {}

    /**
     * Makes the entry of an unsorted file of an unpartitioned table.
     *
     * @param path absolute location of the file
     * @param stats what its writer returned
     * @param sortScheme sort scheme of the session, or null if the table has none; with one, the file's order is unknown
     * @return the entry
     */
    public static WriteEntry entry(String path, FileStats stats, @Nullable SortScheme sortScheme) {
        Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
        stats.columns().forEach((name, column) -> columns.put(name, statistics(column)));
        boolean unsorted = sortScheme == null || sortScheme.keys().isEmpty();
        return WriteEntryBuilder.builder()
                .path(path)
                .recordCount(stats.recordCount())
                .contentLength(stats.contentLength())
                .sourceContentLength(stats.sourceContentLength())
                .columnStats(columns)
                .entryType("data")
                .sortSchemeId(unsorted ? UNSORTED_SCHEME_ID : null)
                .build();
    }

    /**
     * Makes the wire statistics of one column.
     *
     * @param column what the file's writer knows
     * @return the statistics; without bounds where the wire has no form for them
     */
    public static ColumnStatistics statistics(ColumnStats column) {
        if (column.min() == null || column.max() == null) {
            return new ColumnStatistics(null, null, column.nullCount());
        }
        Optional<JsonNode> min = bound(column.min(), false);
        Optional<JsonNode> max = bound(column.max(), true);
        if (min.isEmpty() || max.isEmpty()) {
            return new ColumnStatistics(null, null, column.nullCount());
        }
        return new ColumnStatistics(min.get(), max.get(), column.nullCount());
    }

    private static Optional<JsonNode> bound(Object value, boolean upper) {
        if (value instanceof Boolean flag) {
            return Optional.of(JSON.booleanNode(flag));
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return Optional.of(JSON.numberNode(((Number) value).longValue()));
        }
        if (value instanceof BigInteger integer) {
            return Optional.of(JSON.numberNode(integer));
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? Optional.of(JSON.numberNode(number)) : Optional.empty();
        }
        if (value instanceof BigDecimal decimal) {
            return Optional.of(JSON.textNode(decimal.toPlainString()));
        }
        if (value instanceof String text) {
            return Optional.of(JSON.textNode(text));
        }
        return temporalBound(value, upper).map(JSON::textNode);
    }

    private static Optional<String> temporalBound(Object value, boolean upper) {
        if (value instanceof LocalDate date) {
            return hasPythonYear(date.getYear()) ? Optional.of(date.toString()) : Optional.empty();
        }
        if (value instanceof LocalTime time) {
            return timeBound(time, upper);
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTimeBound(dateTime, upper);
        }
        if (value instanceof Instant instant) {
            boolean known = !instant.isBefore(FIRST_PYTHON_INSTANT) && instant.isBefore(END_OF_PYTHON_INSTANTS);
            return known
                    ? dateTimeBound(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), upper)
                            .map(text -> text + "+00:00")
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> timeBound(LocalTime time, boolean upper) {
        LocalTime rounded = time.truncatedTo(ChronoUnit.MICROS);
        if (upper && !rounded.equals(time)) {
            LocalTime next = rounded.plus(Duration.of(1, ChronoUnit.MICROS));
            if (next.isBefore(time)) {
                return Optional.empty();
            }
            rounded = next;
        }
        return Optional.of(rounded.format(rounded.getNano() == 0 ? TIME_SECONDS : TIME_MICROS));
    }

    private static Optional<String> dateTimeBound(LocalDateTime dateTime, boolean upper) {
        LocalDateTime rounded = dateTime.truncatedTo(ChronoUnit.MICROS);
        if (upper && !rounded.equals(dateTime)) {
            rounded = rounded.plus(1, ChronoUnit.MICROS);
        }
        return hasPythonYear(rounded.getYear())
                ? Optional.of(rounded.format(rounded.getNano() == 0 ? SECONDS : MICROS))
                : Optional.empty();
    }

    private static boolean hasPythonYear(long year) {
        return year >= 1 && year <= 9999;
    }
}
