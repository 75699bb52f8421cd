package io.deltacat.format.predicate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A value in the form in which values of all types of its kind compare, whatever their width, scale or unit: numbers by
 * value, texts and binary values by unsigned bytes (code points, for text), dates and timestamps with or without zone on
 * the UTC time line. Immutable.
 */
public final class OrderedValue {

    /** Values of different kinds do not compare. */
    public enum Kind {
        BOOLEAN,
        NUMBER,
        BYTES,
        TIME_OF_DAY,
        MOMENT
    }

    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

    private final Kind kind;
    private final BigDecimal number;
    private final byte[] bytes;

    private OrderedValue(Kind kind, BigDecimal number, byte[] bytes) {
        this.kind = kind;
        this.number = number;
        this.bytes = bytes;
    }

    /**
     * Brings a plain Java value to comparable form.
     *
     * @param value a {@code Boolean}; a {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code BigInteger},
     *     {@code BigDecimal}, {@code Float} or {@code Double}; a {@code String}; a {@code byte[]}, which is copied; a
     *     {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime} (taken as UTC), {@code OffsetDateTime} or
     *     {@code Instant}
     * @return empty for NaN and infinities, which have no place among the bounds of a file
     * @throws IllegalArgumentException if the value is of another class
     */
    public static Optional<OrderedValue> of(Object value) {
        if (value instanceof Boolean flag) {
            return Optional.of(ofBoolean(flag));
        }
        if (value instanceof Float || value instanceof Double) {
            return ofDouble(((Number) value).doubleValue());
        }
        if (value instanceof Number number) {
            return Optional.of(ofNumber(exact(number)));
        }
        if (value instanceof String text) {
            return Optional.of(ofBytes(text.getBytes(StandardCharsets.UTF_8)));
        }
        if (value instanceof byte[] raw) {
            return Optional.of(ofBytes(raw.clone()));
        }
        if (value instanceof LocalTime time) {
            return Optional.of(ofTimeOfDay(time.toNanoOfDay()));
        }
        return Optional.of(ofInstant(instant(value)));
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return BigDecimal.valueOf(number.longValue());
        }
        throw unknown(number);
    }

    private static Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        throw unknown(value);
    }

    private static IllegalArgumentException unknown(Object value) {
        return new IllegalArgumentException(
                "a value of class " + value.getClass().getName()
                        + " does not compare; use a Boolean, a number, a String, bytes or a java.time value");
    }

    /** Returns a truth value; false comes before true. */
    public static OrderedValue ofBoolean(boolean value) {
        return new OrderedValue(Kind.BOOLEAN, value ? BigDecimal.ONE : BigDecimal.ZERO, new byte[0]);
    }

    /** Returns a number. */
    public static OrderedValue ofNumber(BigDecimal value) {
        return new OrderedValue(Kind.NUMBER, value, new byte[0]);
    }

    /** Returns a floating point number, both zeros being equal; empty for NaN and infinities. */
    public static Optional<OrderedValue> ofDouble(double value) {
        return Double.isFinite(value) ? Optional.of(ofNumber(new BigDecimal(value))) : Optional.empty();
    }

    /**
     * Returns a text in UTF-8 or a binary value.
     *
     * @param value the bytes; kept, not to be changed
     */
    public static OrderedValue ofBytes(byte[] value) {
        return new OrderedValue(Kind.BYTES, BigDecimal.ZERO, value);
    }

    /** Returns a time of day. */
    public static OrderedValue ofTimeOfDay(long nanos) {
        return new OrderedValue(Kind.TIME_OF_DAY, BigDecimal.valueOf(nanos), new byte[0]);
    }

    /** Returns a date or timestamp. */
    public static OrderedValue ofInstant(Instant instant) {
        BigDecimal nanos = BigDecimal.valueOf(instant.getEpochSecond())
                .multiply(NANOS_PER_SECOND)
                .add(BigDecimal.valueOf(instant.getNano()));
        return new OrderedValue(Kind.MOMENT, nanos, new byte[0]);
    }

    /**
     * Returns a date or timestamp as a number of units since the epoch.
     *
     * @param units days, seconds, ... since 1970-01-01T00:00:00 UTC
     * @param nanosPerUnit nanoseconds of a unit
     */
    public static OrderedValue ofUnits(long units, long nanosPerUnit) {
        BigDecimal nanos = BigDecimal.valueOf(units).multiply(BigDecimal.valueOf(nanosPerUnit));
        return new OrderedValue(Kind.MOMENT, nanos, new byte[0]);
    }

    /** Returns with which values this one compares. */
    public Kind kind() {
        return kind;
    }

    /**
     * Compares.
     *
     * @param other another value
     * @return negative, zero or positive as this value is less than, equal to or greater than the other; empty if their
     *     kinds differ
     */
    public OptionalInt order(OrderedValue other) {
        if (kind != other.kind) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                kind == Kind.BYTES ? Arrays.compareUnsigned(bytes, other.bytes) : number.compareTo(other.number));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderedValue value && order(value).orElse(1) == 0;
    }

    @Override
    public int hashCode() {
        return kind == Kind.BYTES
                ? Arrays.hashCode(bytes)
                : 31 * kind.hashCode() + number.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return kind == Kind.BYTES ? "'" + new String(bytes, StandardCharsets.UTF_8) + "'" : number.toPlainString();
    }
}
