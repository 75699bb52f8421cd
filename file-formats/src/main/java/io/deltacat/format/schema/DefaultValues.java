package io.deltacat.format.schema;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.VectorKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Turns the default of a field, as DeltaCAT stores it, into the value a column vector holds. Dates and times may be ISO
 * texts or numbers in the field's unit, decimals texts or numbers. Thread-safe.
 */
public final class DefaultValues {
    private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private DefaultValues() {}

    /**
     * Returns the past default of a field as a {@code Boolean}, {@code Integer}, {@code Long}, {@code Float},
     * {@code Double} or {@code byte[]}, whichever {@link VectorKind#of} asks for; empty if the field has none.
     *
     * @param field field of a scalar type
     * @throws FormatException.InvalidSchema if the default does not fit the field's type, or the type is nested
     */
    public static Optional<Object> pastDefault(Field field) {
        return FieldMetadata.pastDefault(field).map(value -> convert(field, value));
    }

    /**
     * Returns the future default of a field, as {@link #pastDefault}.
     *
     * @param field field of a scalar type
     * @throws FormatException.InvalidSchema if the default does not fit the field's type, or the type is nested
     */
    public static Optional<Object> futureDefault(Field field) {
        return FieldMetadata.futureDefault(field).map(value -> convert(field, value));
    }

    private static Object convert(Field field, Object value) {
        try {
            return switch (VectorKind.of(field)) {
                case BOOLEAN -> (Boolean) value;
                case INT -> Math.toIntExact(integral(field, value));
                case LONG -> integral(field, value);
                case FLOAT -> ((Number) value).floatValue();
                case DOUBLE -> ((Number) value).doubleValue();
                case BYTES -> bytes(field, value);
                case LIST, MAP, STRUCT -> throw invalid(field, value, null);
            };
        } catch (ClassCastException | ArithmeticException | DateTimeException | NumberFormatException e) {
            throw invalid(field, value, e);
        }
    }

    private static long integral(Field field, Object value) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.Decimal decimal) {
            return unscaled(decimal, value).longValueExact();
        }
        if (type instanceof ArrowType.Int integer) {
            return integer(integer, value);
        }
        if (!(value instanceof String text)) {
            return ((Long) value);
        }
        if (type instanceof ArrowType.Date date) {
            long day = LocalDate.parse(text).toEpochDay();
            return date.getUnit() == DateUnit.DAY
                    ? day
                    : Math.multiplyExact(day, ChronoUnit.DAYS.getDuration().toMillis());
        }
        if (type instanceof ArrowType.Time time) {
            return exactDivide(LocalTime.parse(text).toNanoOfDay(), nanosOf(time.getUnit()));
        }
        if (type instanceof ArrowType.Timestamp timestamp) {
            Instant instant = instant(text);
            long nanos = nanosOf(timestamp.getUnit());
            long perSecond = 1_000_000_000L / nanos;
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), perSecond), exactDivide(instant.getNano(), nanos));
        }
        throw invalid(field, value, null);
    }

    private static long integer(ArrowType.Int type, Object value) {
        BigInteger number = value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
        int bits = type.getBitWidth();
        boolean fits = type.getIsSigned()
                ? number.bitLength() < bits
                : number.signum() >= 0 && number.bitLength() <= bits && number.compareTo(MAX_UNSIGNED) <= 0;
        if (!fits) {
            throw new ArithmeticException("out of range");
        }
        return number.longValue();
    }

    private static byte[] bytes(Field field, Object value) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.Decimal decimal) {
            return unscaled(decimal, value).toByteArray();
        }
        byte[] bytes = value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
        if (type instanceof ArrowType.FixedSizeBinary fixed && fixed.getByteWidth() != bytes.length) {
            throw invalid(field, value, null);
        }
        return bytes.clone();
    }

    private static BigInteger unscaled(ArrowType.Decimal type, Object value) {
        BigDecimal decimal = new BigDecimal(value.toString()).setScale(type.getScale(), RoundingMode.UNNECESSARY);
        if (decimal.precision() > type.getPrecision()) {
            throw new ArithmeticException("too many digits");
        }
        return decimal.unscaledValue();
    }

    private static Instant instant(String text) {
        String iso = text.replace(' ', 'T');
        if (iso.length() == 10) {
            return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    private static long exactDivide(long value, long divisor) {
        if (value % divisor != 0) {
            throw new ArithmeticException("finer than the field's unit");
        }
        return value / divisor;
    }

    private static long nanosOf(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1_000_000_000L;
            case MILLISECOND -> 1_000_000L;
            case MICROSECOND -> 1_000L;
            case NANOSECOND -> 1L;
        };
    }

    private static FormatException.InvalidSchema invalid(Field field, Object value, @Nullable Throwable cause) {
        String shown = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
        return new FormatException.InvalidSchema(
                "Field '" + field.getName() + "' of type '" + TypeNames.displayName(field) + "' has default '" + shown
                        + "', which is not a value of that type. Change the default in the table's schema.",
                cause);
    }
}
