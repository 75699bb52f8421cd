package io.deltacat.client.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * How values of a column compare, whatever their width: JSON literals, statistics and row values of one type are brought
 * to one Java class. Numbers become {@link BigDecimal} (so that {@code 1}, {@code 1.0} and {@code "1.00"} of a decimal
 * column are equal), floating point {@link Double}, text {@link Utf8} (code point order, as Arrow and Parquet sort it),
 * temporal values nanoseconds as {@link BigInteger}.
 */
public enum ColumnType {
    BOOLEAN,
    /** Integers and decimals. */
    EXACT,
    /** Floating point; a file may hold NaN rows that its bounds do not show. */
    FLOATING,
    TEXT,
    DATE,
    TIME,
    /** Timestamps with or without zone, on the UTC time line. */
    TIMESTAMP,
    /** Binary, nested and every other type: never compared, never pruned. */
    OPAQUE;

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000L);

    /** Text in code point order; {@link String} itself compares UTF-16 units, which differs beyond the basic plane. */
    public record Utf8(String text) implements Comparable<Utf8> {
        @Override
        public int compareTo(Utf8 other) {
            return Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The comparison class of an Arrow type.
     *
     * @param type type of a column
     * @return how it compares
     */
    public static ColumnType of(ArrowType type) {
        return switch (type.getTypeID()) {
            case Bool -> BOOLEAN;
            case Int, Decimal -> EXACT;
            case FloatingPoint -> FLOATING;
            case Utf8, LargeUtf8, Utf8View -> TEXT;
            case Date -> DATE;
            case Time -> TIME;
            case Timestamp -> TIMESTAMP;
            default -> OPAQUE;
        };
    }

    /**
     * Brings a JSON scalar (a filter literal, or a bound of {@code column_stats}) to the form in which this type compares.
     *
     * @param value a JSON scalar; ISO text for temporal types, text or number for decimals
     * @return the comparable form, or empty when the value is null or cannot be a value of this type; such a value
     *     decides nothing
     */
    public Optional<Comparable<?>> comparable(JsonNode value) {
        try {
            return Optional.ofNullable(
                    switch (this) {
                        case BOOLEAN -> value.isBoolean() ? (Comparable<?>) value.booleanValue() : null;
                        case EXACT -> exact(value);
                        case FLOATING -> floating(value);
                        case TEXT -> value.isTextual() ? new Utf8(value.textValue()) : null;
                        case DATE -> value.isTextual() ? dateNanos(value.textValue()) : null;
                        case TIME -> value.isTextual() ? timeNanos(value.textValue()) : null;
                        case TIMESTAMP -> value.isTextual() ? timestampNanos(value.textValue()) : null;
                        case OPAQUE -> null;
                    });
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Nanoseconds since the epoch, the comparable form of dates and timestamps.
     *
     * @param instant any instant
     * @return its nanoseconds since 1970-01-01T00:00:00Z
     */
    public static BigInteger nanos(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(NANOS_PER_SECOND)
                .add(BigInteger.valueOf(instant.getNano()));
    }

    private static @Nullable Comparable<?> exact(JsonNode value) {
        if (value.isNumber()) {
            return new Exact(value.decimalValue());
        }
        return value.isTextual() ? new Exact(new BigDecimal(value.textValue())) : null;
    }

    private static @Nullable Comparable<?> floating(JsonNode value) {
        return value.isNumber() && !Double.isNaN(value.doubleValue()) ? new Floating(value.doubleValue()) : null;
    }

    private static BigInteger dateNanos(String text) {
        return text.length() > 10
                ? timestampNanos(text)
                : nanos(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static BigInteger timeNanos(String text) {
        return BigInteger.valueOf(LocalTime.parse(text).toNanoOfDay());
    }

    private static BigInteger timestampNanos(String text) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        if (iso.length() == 10) {
            return dateNanos(iso);
        }
        boolean zoned = iso.endsWith("Z") || iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0;
        return nanos(
                zoned
                        ? OffsetDateTime.parse(iso).toInstant()
                        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    }

    /** A number whose equality is numeric: {@code 1.0} equals {@code 1.00}, which {@link BigDecimal} denies. */
    public record Exact(BigDecimal value) implements Comparable<Exact> {
        @Override
        public int compareTo(Exact other) {
            return value.compareTo(other.value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Exact exact && value.compareTo(exact.value) == 0;
        }

        @Override
        public int hashCode() {
            return value.stripTrailingZeros().hashCode();
        }
    }

    /** A floating point number in IEEE order: both zeros are equal, and NaN compares with nothing. */
    public record Floating(double value) implements Comparable<Floating> {
        @Override
        public int compareTo(Floating other) {
            return value < other.value ? -1 : value > other.value ? 1 : 0;
        }
    }
}
