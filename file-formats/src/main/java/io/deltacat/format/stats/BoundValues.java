package io.deltacat.format.stats;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Turns vector values of whole-number kinds into the Java values that statistics carry. Thread-safe. */
final class BoundValues {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private BoundValues() {}

    static boolean isUnsignedLong(ArrowType type) {
        return type instanceof ArrowType.Int integer && integer.getBitWidth() == 64 && !integer.getIsSigned();
    }

    /** Returns the bound for a value, null if the type has no bounds or the calendar does not reach that far. */
    static @Nullable Object ofLong(ArrowType type, long value) {
        try {
            return switch (type.getTypeID()) {
                case Int ->
                    isUnsignedLong(type) ? new BigInteger(Long.toUnsignedString(value)) : (Object) Long.valueOf(value);
                case Decimal -> BigDecimal.valueOf(value, ((ArrowType.Decimal) type).getScale());
                case Date ->
                    LocalDate.ofEpochDay(
                            ((ArrowType.Date) type).getUnit() == DateUnit.DAY
                                    ? value
                                    : Math.floorDiv(value, MILLIS_PER_DAY));
                case Time -> LocalTime.ofNanoOfDay(Math.multiplyExact(value, nanos(((ArrowType.Time) type).getUnit())));
                case Timestamp -> ofTimestamp((ArrowType.Timestamp) type, value);
                default -> null;
            };
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return null;
        }
    }

    private static Object ofTimestamp(ArrowType.Timestamp type, long value) {
        long nanosPerUnit = nanos(type.getUnit());
        long unitsPerSecond = 1_000_000_000L / nanosPerUnit;
        long second = Math.floorDiv(value, unitsPerSecond);
        int nano = (int) (Math.floorMod(value, unitsPerSecond) * nanosPerUnit); // below 10^9
        return type.getTimezone() == null
                ? LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC)
                : (Object) Instant.ofEpochSecond(second, nano);
    }

    private static long nanos(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1_000_000_000L;
            case MILLISECOND -> 1_000_000L;
            case MICROSECOND -> 1_000L;
            case NANOSECOND -> 1L;
        };
    }
}
