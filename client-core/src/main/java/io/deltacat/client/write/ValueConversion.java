package io.deltacat.client.write;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Converts Java values to the class a column takes, as the Python client casts whole columns (protocol/data-plane.md §1.10):
 * texts to what they spell, numbers to other numbers and to text, dates to timestamps and back. What would lose something is
 * left as it is and then refused by {@link JavaValues}. Stateless.
 */
final class ValueConversion {
    private static final int MAX_SCALE = 400;

    private ValueConversion() {}

    static Object convert(Field field, Object value) {
        try {
            return converted(field.getType(), value);
        } catch (NumberFormatException | DateTimeException notOfTheType) {
            return value;
        }
    }

    private static Object converted(ArrowType type, Object value) {
        return switch (type.getTypeID()) {
            case Int, Decimal -> number(value);
            case FloatingPoint -> floating(value);
            case Bool -> bool(value);
            case Utf8, LargeUtf8, Utf8View -> text(value);
            case Binary, LargeBinary, BinaryView, FixedSizeBinary ->
                value instanceof CharSequence text ? text.toString().getBytes(StandardCharsets.UTF_8) : value;
            case Date -> date(value);
            case Time -> value instanceof CharSequence text ? LocalTime.parse(text) : value;
            case Timestamp -> {
                String zone = ((ArrowType.Timestamp) type).getTimezone();
                yield zone == null || zone.isEmpty() ? localDateTime(value) : instant(value);
            }
            default -> value;
        };
    }

    private static Object number(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        BigDecimal decimal;
        if (value instanceof CharSequence text) {
            decimal = new BigDecimal(text.toString().strip());
        } else if (value instanceof Double || value instanceof Float) {
            decimal = new BigDecimal(value.toString());
        } else if (value instanceof BigDecimal given) {
            decimal = given;
        } else {
            return value;
        }
        if (decimal.scale() > MAX_SCALE || decimal.scale() < -MAX_SCALE) {
            return value; // no column holds it, and writing it out would take all memory
        }
        boolean whole = decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
        return whole ? decimal.toBigInteger() : decimal;
    }

    private static Object floating(Object value) {
        if (value instanceof CharSequence text) {
            return Double.valueOf(text.toString());
        }
        return value instanceof BigDecimal decimal ? decimal.doubleValue() : value;
    }

    private static Object bool(Object value) {
        if (value instanceof CharSequence text) {
            if (text.toString().equalsIgnoreCase("true")) {
                return true;
            }
            return text.toString().equalsIgnoreCase("false") ? false : value;
        }
        boolean whole =
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
        return whole ? ((Number) value).longValue() != 0 : value;
    }

    private static Object text(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        boolean spelled = value instanceof Number
                || value instanceof Boolean
                || value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof LocalDateTime
                || value instanceof Instant;
        return spelled ? value.toString() : value;
    }

    private static Object date(Object value) {
        if (value instanceof CharSequence text) {
            return LocalDate.parse(text);
        }
        if (value instanceof LocalDateTime dateTime && dateTime.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return dateTime.toLocalDate();
        }
        return value;
    }

    private static Object localDateTime(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        if (value instanceof CharSequence text) {
            String iso = text.toString().replace(' ', 'T');
            return iso.length() == 10 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
        }
        return value;
    }

    private static Object instant(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof CharSequence text) {
            return OffsetDateTime.parse(text.toString().replace(' ', 'T')).toInstant();
        }
        return value;
    }
}
