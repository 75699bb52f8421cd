package io.deltacat.flink.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Flink type become the values that a column stores, by the conventions of
 * {@link io.deltacat.format.batch.VectorKind}. Immutable and pure; shared by rows and lists, which differ only in how a
 * value is got.
 */
final class StoredColumn {

    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final String path;
    private final Field field;
    private final LogicalType declared;
    private final LogicalTypeRoot root;
    private final int precision;
    private final int scale;
    private final @Nullable TimeUnit unit;
    private final boolean dateInMillis;
    private final long smallest;
    private final long largest;

    /**
     * @param path the column's path, for messages
     * @param field the column as it is stored
     * @param declared a Flink type that {@link TypeFit#write} accepts for it
     */
    StoredColumn(String path, Field field, LogicalType declared) {
        this.path = path;
        this.field = field;
        this.declared = declared;
        this.root = declared.getTypeRoot();
        ArrowType arrow = field.getType();
        this.precision = precision(declared);
        this.scale = declared instanceof DecimalType decimal ? decimal.getScale() : 0;
        this.unit = unit(arrow);
        this.dateInMillis = arrow instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND;
        boolean unsigned = arrow instanceof ArrowType.Int integer && !integer.getIsSigned();
        this.smallest = unsigned ? 0 : Long.MIN_VALUE;
        this.largest = unsigned ? largestUnsigned(((ArrowType.Int) arrow).getBitWidth()) : Long.MAX_VALUE;
    }

    private static int precision(LogicalType type) {
        if (type instanceof DecimalType decimal) {
            return decimal.getPrecision();
        }
        if (type instanceof TimestampType timestamp) {
            return timestamp.getPrecision();
        }
        return type instanceof LocalZonedTimestampType timestamp ? timestamp.getPrecision() : 0;
    }

    private static @Nullable TimeUnit unit(ArrowType arrow) {
        if (arrow instanceof ArrowType.Timestamp timestamp) {
            return timestamp.getUnit();
        }
        return arrow instanceof ArrowType.Time time ? time.getUnit() : null;
    }

    private static long largestUnsigned(int bits) {
        return bits == Long.SIZE ? Long.MAX_VALUE : (1L << bits) - 1;
    }

    Field field() {
        return field;
    }

    LogicalType declared() {
        return declared;
    }

    String path() {
        return path;
    }

    LogicalTypeRoot root() {
        return root;
    }

    /** Returns the declared precision of a decimal or timestamp, 0 for every other type. */
    int precision() {
        return precision;
    }

    /** Returns the declared scale of a decimal, 0 for every other type. */
    int scale() {
        return scale;
    }

    /** Returns an integer if the column can hold it; unsigned columns cannot hold negative or too large ones. */
    long integer(long value) {
        if (value < smallest || value > largest) {
            throw new UnwritableValueException(
                    path, value, "a value of '" + ArrowTypeText.of(field) + "', " + smallest + " to " + largest, null);
        }
        return value;
    }

    /** Returns milliseconds of a day in the column's unit. */
    long time(int millisOfDay) {
        return switch (unit()) {
            case SECOND -> millisOfDay / 1000;
            case MILLISECOND -> millisOfDay;
            case MICROSECOND -> millisOfDay * 1000L;
            case NANOSECOND -> millisOfDay * 1_000_000L;
        };
    }

    /** Returns days since the epoch in the column's unit, days or milliseconds. */
    long date(int days) {
        return dateInMillis ? days * MILLIS_PER_DAY : days;
    }

    /** Returns an instant in the column's unit since the epoch. */
    long timestamp(TimestampData value) {
        long millis = value.getMillisecond();
        int nanos = value.getNanoOfMillisecond();
        try {
            return switch (unit()) {
                case SECOND -> Math.floorDiv(millis, 1000L);
                case MILLISECOND -> millis;
                case MICROSECOND -> Math.addExact(Math.multiplyExact(millis, 1000L), nanos / 1000);
                case NANOSECOND -> Math.addExact(Math.multiplyExact(millis, 1_000_000L), nanos);
            };
        } catch (ArithmeticException e) {
            throw new UnwritableValueException(
                    path, value, "an instant that 64 bits of '" + ArrowTypeText.of(field) + "' can hold", e);
        }
    }

    /** Returns a decimal as unscaled value, or as the 64 bits of a uint64. */
    long decimal(DecimalData value) {
        if (!(field.getType() instanceof ArrowType.Int)) {
            return value.toUnscaledLong();
        }
        BigDecimal decimal = value.toBigDecimal();
        BigInteger integer = decimal.unscaledValue();
        if (integer.signum() < 0 || integer.bitLength() > Long.SIZE) {
            throw new UnwritableValueException(path, decimal, "an integer from 0 to 2^64 - 1", null);
        }
        return integer.longValue();
    }

    IllegalStateException unexpected(String getter) {
        return new IllegalStateException("column '" + path + "' of type '" + ArrowTypeText.of(field) + "', declared '"
                + declared.asSummaryString() + "', was read with " + getter);
    }

    private TimeUnit unit() {
        if (unit == null) {
            throw unexpected("a time unit");
        }
        return unit;
    }
}
