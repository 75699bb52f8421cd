package io.deltacat.client.write;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Finds the type of a column that only a row's value tells of, for tables that evolve by themselves. Whole numbers are
 * {@code int64}, fractions {@code float64}, and timestamps have microseconds, as the Python client makes them. Stateless.
 */
final class InferredColumns {
    private InferredColumns() {}

    /**
     * Returns a nullable column for a value.
     *
     * @throws InvalidValue if values of its class do not tell a type; add the column to the table first
     */
    static Field of(String name, Object value) {
        return Field.nullable(name, type(name, value));
    }

    private static ArrowType type(String name, Object value) {
        if (value instanceof Boolean) {
            return ArrowType.Bool.INSTANCE;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return new ArrowType.Int(64, true);
        }
        if (value instanceof Double || value instanceof Float) {
            return new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        }
        if (value instanceof BigDecimal decimal) {
            return new ArrowType.Decimal(38, Math.max(0, decimal.scale()), 128);
        }
        if (value instanceof BigInteger) {
            return new ArrowType.Decimal(38, 0, 128);
        }
        if (value instanceof CharSequence) {
            return ArrowType.Utf8.INSTANCE;
        }
        if (value instanceof byte[]) {
            return ArrowType.Binary.INSTANCE;
        }
        if (value instanceof LocalDate) {
            return new ArrowType.Date(DateUnit.DAY);
        }
        if (value instanceof LocalTime) {
            return new ArrowType.Time(TimeUnit.MICROSECOND, 64);
        }
        if (value instanceof LocalDateTime) {
            return new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
        }
        if (value instanceof Instant) {
            return new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
        }
        if (value instanceof Duration) {
            return new ArrowType.Duration(TimeUnit.MICROSECOND);
        }
        throw new InvalidValue(
                name,
                "the table has no such column, and a value of class "
                        + value.getClass().getSimpleName()
                        + " does not tell its type; add the column to the table first");
    }
}
