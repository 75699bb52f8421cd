package io.deltacat.client.write;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.schema.TimeUnits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Turns plain Java values into the values of {@link VectorKind}, exactly or not at all: numbers that do not fit, decimals
 * that would be rounded and times finer than the column's unit are refused. Stateless.
 */
final class JavaValues {
    private static final BigInteger UINT64_END = BigInteger.ONE.shiftLeft(64);

    private JavaValues() {}

    static boolean toBoolean(Field field, Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw mismatch(field, value, "a Boolean");
    }

    static int toInt(Field field, Object value) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.Date) {
            return exactInt(field, value, date(field, value).toEpochDay());
        }
        if (type instanceof ArrowType.Time time) {
            return exactInt(
                    field, value, inUnit(field, value, time(field, value).toNanoOfDay(), time.getUnit()));
        }
        if (type instanceof ArrowType.Int integer) {
            BigInteger whole = wholeNumber(field, value);
            long number = whole.bitLength() > 62 ? Long.MAX_VALUE : whole.longValue();
            int bits = integer.getBitWidth();
            long min = integer.getIsSigned() ? -1L << (bits - 1) : 0;
            long max = integer.getIsSigned() ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
            if (number < min || number > max) {
                throw mismatch(field, value, "a number from " + min + " to " + max);
            }
            return (int) number; // within 32 bits by the check above
        }
        throw mismatch(field, value, "null");
    }

    static long toLong(Field field, Object value) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.Int integer) {
            return wideInteger(field, integer, value);
        }
        if (type instanceof ArrowType.Decimal decimal) {
            return unscaled(field, decimal, value).longValueExact();
        }
        if (type instanceof ArrowType.Timestamp timestamp) {
            return timestamp(field, timestamp, value);
        }
        if (type instanceof ArrowType.Time time) {
            return inUnit(field, value, time(field, value).toNanoOfDay(), time.getUnit());
        }
        if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND) {
            return combine(field, value, date(field, value).toEpochDay() * 86_400L, 0, TimeUnit.MILLISECOND);
        }
        if (type instanceof ArrowType.Duration duration && value instanceof Duration length) {
            return combine(field, value, length.getSeconds(), length.getNano(), duration.getUnit());
        }
        throw mismatch(field, value, "a value of type " + type);
    }

    static float toFloat(Field field, Object value) {
        if (value instanceof Float || value instanceof Double || isWhole(value)) {
            float number = ((Number) value).floatValue();
            double exact = ((Number) value).doubleValue();
            if (Double.isFinite(exact) && Float.isInfinite(number)) {
                throw mismatch(field, value, "a number within the range of float");
            }
            return number;
        }
        throw mismatch(field, value, "a Float");
    }

    static double toDouble(Field field, Object value) {
        if (value instanceof Float || value instanceof Double || isWhole(value)) {
            return ((Number) value).doubleValue();
        }
        throw mismatch(field, value, "a Double");
    }

    static byte[] toBytes(Field field, Object value) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.Decimal decimal) {
            return unscaled(field, decimal, value).toByteArray();
        }
        boolean text = type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
        if (text) {
            if (value instanceof CharSequence) {
                return value.toString().getBytes(StandardCharsets.UTF_8);
            }
            throw mismatch(field, value, "a String");
        }
        if (!(value instanceof byte[] bytes)) {
            throw mismatch(field, value, "a byte[]");
        }
        if (type instanceof ArrowType.FixedSizeBinary fixed && fixed.getByteWidth() != bytes.length) {
            throw mismatch(field, value, "a byte[] of length " + fixed.getByteWidth());
        }
        return bytes;
    }

    static Map<?, ?> toMap(Field field, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw mismatch(field, value, "a Map");
    }

    static List<?> toList(Field field, Object value) {
        if (!(value instanceof List<?> list)) {
            throw mismatch(field, value, "a List");
        }
        if (field.getType() instanceof ArrowType.FixedSizeList fixed && fixed.getListSize() != list.size()) {
            throw mismatch(field, value, "a List of size " + fixed.getListSize());
        }
        return list;
    }

    private static long wideInteger(Field field, ArrowType.Int type, Object value) {
        BigInteger number = wholeNumber(field, value);
        if (type.getIsSigned()) {
            if (number.bitLength() > 63) {
                throw mismatch(field, value, "a number of 64 bits");
            }
            return number.longValueExact();
        }
        BigInteger end = type.getBitWidth() == 64 ? UINT64_END : BigInteger.ONE.shiftLeft(type.getBitWidth());
        if (number.signum() < 0 || number.compareTo(end) >= 0) {
            throw mismatch(field, value, "an unsigned number of " + type.getBitWidth() + " bits");
        }
        return number.longValue();
    }

    private static BigInteger unscaled(Field field, ArrowType.Decimal type, Object value) {
        BigDecimal decimal;
        if (value instanceof BigDecimal given) {
            decimal = given;
        } else if (isWhole(value)) {
            decimal = new BigDecimal(wholeNumber(field, value));
        } else {
            throw mismatch(field, value, "a BigDecimal");
        }
        BigDecimal scaled;
        try {
            scaled = decimal.setScale(type.getScale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw mismatch(field, value, "at most " + type.getScale() + " digits after the point");
        }
        if (scaled.precision() > type.getPrecision()) {
            throw mismatch(field, value, "at most " + type.getPrecision() + " digits");
        }
        return scaled.unscaledValue();
    }

    private static long timestamp(Field field, ArrowType.Timestamp type, Object value) {
        Instant instant;
        if (type.getTimezone() == null || type.getTimezone().isEmpty()) {
            if (!(value instanceof LocalDateTime local)) {
                throw mismatch(field, value, "a LocalDateTime, since the column has no time zone");
            }
            instant = local.toInstant(ZoneOffset.UTC);
        } else if (value instanceof Instant given) {
            instant = given;
        } else if (value instanceof OffsetDateTime given) {
            instant = given.toInstant();
        } else if (value instanceof ZonedDateTime given) {
            instant = given.toInstant();
        } else {
            throw mismatch(field, value, "an Instant, since the column has a time zone");
        }
        return combine(field, value, instant.getEpochSecond(), instant.getNano(), type.getUnit());
    }

    private static LocalDate date(Field field, Object value) {
        if (value instanceof LocalDate date) {
            return date;
        }
        throw mismatch(field, value, "a LocalDate");
    }

    private static LocalTime time(Field field, Object value) {
        if (value instanceof LocalTime time) {
            return time;
        }
        throw mismatch(field, value, "a LocalTime");
    }

    /** Seconds and nanoseconds as a count of units; refused if finer than the unit or out of range. */
    private static long combine(Field field, Object value, long seconds, long nanos, TimeUnit unit) {
        long perSecond = TimeUnits.perSecond(unit);
        try {
            return Math.addExact(Math.multiplyExact(seconds, perSecond), inUnit(field, value, nanos, unit));
        } catch (ArithmeticException e) {
            // the seconds alone may overflow below zero although the sum fits
            if (seconds < 0) {
                try {
                    long back = Math.multiplyExact(seconds + 1, perSecond);
                    return Math.addExact(back, inUnit(field, value, nanos, unit) - perSecond);
                } catch (ArithmeticException stillTooFar) {
                    throw mismatch(field, value, "a time that 64 bits of " + unit + " can hold");
                }
            }
            throw mismatch(field, value, "a time that 64 bits of " + unit + " can hold");
        }
    }

    private static long inUnit(Field field, Object value, long nanos, TimeUnit unit) {
        long perUnit = TimeUnits.nanosPer(unit);
        if (nanos % perUnit != 0) {
            throw mismatch(field, value, "no finer than " + unit);
        }
        return nanos / perUnit;
    }

    private static int exactInt(Field field, Object value, long number) {
        try {
            return Math.toIntExact(number);
        } catch (ArithmeticException e) {
            throw mismatch(field, value, "a value that 32 bits can hold");
        }
    }

    private static boolean isWhole(Object value) {
        return value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger;
    }

    private static BigInteger wholeNumber(Field field, Object value) {
        if (value instanceof BigInteger number) {
            return number;
        }
        if (isWhole(value)) {
            return BigInteger.valueOf(((Number) value).longValue());
        }
        throw mismatch(field, value, "a whole number");
    }

    static InvalidValue mismatch(Field field, Object value, String expected) {
        String shown = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
        if (shown.length() > 100) {
            shown = shown.substring(0, 100) + "…";
        }
        return new InvalidValue(
                field.getName(),
                "the value is '" + shown + "' of class " + value.getClass().getSimpleName() + ", expected " + expected);
    }
}
