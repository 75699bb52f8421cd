package io.deltacat.format.parquet.write;

import io.deltacat.format.file.ColumnStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Turns the bounds of a stored column into the plain Java values of {@link ColumnStats}. Thread-safe. */
final class StatValues {
    private static final int MAX_TEXT_BYTES = 1024;

    private StatValues() {}

    /**
     * Returns the statistics of a flat column.
     *
     * @param type Arrow type of the column
     * @param bounds bounds of its stored values
     * @param nulls number of nulls
     */
    static ColumnStats columnStats(ArrowType type, Bounds bounds, long nulls) {
        if (!bounds.exist()) {
            return ColumnStats.withoutBounds(nulls);
        }
        if (bounds instanceof Bounds.OfLongs longs) {
            return both(value(type, longs.min()), value(type, longs.max()), nulls);
        }
        if (bounds instanceof Bounds.OfDoubles doubles) {
            return doubles.sawNonFinite()
                    ? ColumnStats.withoutBounds(nulls)
                    : new ColumnStats(doubles.min(), doubles.max(), nulls);
        }
        if (bounds instanceof Bounds.OfBytes bytes) {
            return both(value(type, bytes.min()), value(type, bytes.max()), nulls);
        }
        return ColumnStats.withoutBounds(nulls);
    }

    private static ColumnStats both(Optional<?> min, Optional<?> max, long nulls) {
        return min.isPresent() && max.isPresent()
                ? new ColumnStats(min.get(), max.get(), nulls)
                : ColumnStats.withoutBounds(nulls);
    }

    private static Optional<?> value(ArrowType type, long stored) {
        try {
            return switch (type.getTypeID()) {
                case Bool -> Optional.of(stored != 0);
                case Int -> {
                    ArrowType.Int integer = (ArrowType.Int) type;
                    yield integer.getBitWidth() == 64 && !integer.getIsSigned()
                            ? Optional.of(new BigInteger(Long.toUnsignedString(stored)))
                            : Optional.of(stored);
                }
                case Decimal -> Optional.of(BigDecimal.valueOf(stored, ((ArrowType.Decimal) type).getScale()));
                case Date -> Optional.of(LocalDate.ofEpochDay(stored));
                case Time ->
                    Optional.of(LocalTime.ofNanoOfDay(
                            Math.multiplyExact(stored, nanosOf(((ArrowType.Time) type).getUnit()))));
                case Timestamp -> {
                    ArrowType.Timestamp timestamp = (ArrowType.Timestamp) type;
                    Instant instant = instant(stored, nanosOf(timestamp.getUnit()));
                    yield timestamp.getTimezone() == null
                            ? Optional.of(LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
                            : Optional.of(instant);
                }
                default -> Optional.empty();
            };
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty(); // beyond the calendar: a value we store, but cannot say
        }
    }

    private static Optional<?> value(ArrowType type, byte[] stored) {
        return switch (type.getTypeID()) {
            case Decimal -> Optional.of(new BigDecimal(new BigInteger(stored), ((ArrowType.Decimal) type).getScale()));
            case Utf8, LargeUtf8, Utf8View ->
                stored.length <= MAX_TEXT_BYTES
                        ? Optional.of(new String(stored, StandardCharsets.UTF_8))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Instant instant(long value, long nanosPerUnit) {
        long unitsPerSecond = 1_000_000_000L / nanosPerUnit;
        return Instant.ofEpochSecond(
                Math.floorDiv(value, unitsPerSecond), Math.floorMod(value, unitsPerSecond) * nanosPerUnit);
    }

    /** Returns the nanoseconds of the unit values are stored in; seconds are stored as milliseconds. */
    private static long nanosOf(TimeUnit unit) {
        return switch (unit) {
            case SECOND, MILLISECOND -> 1_000_000;
            case MICROSECOND -> 1_000;
            case NANOSECOND -> 1;
        };
    }
}
