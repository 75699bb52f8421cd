package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.parquet.schema.SchemaNode;
import io.deltacat.format.predicate.OrderedValue;
import io.deltacat.format.predicate.ZoneBounds;
import io.deltacat.format.schema.TimeUnits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * Understands the bounds that a file stores for one column. What is not understood without doubt counts as unknown, since
 * a wrong bound would cost rows. Immutable.
 */
final class StoredBounds {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private final SchemaNode.Leaf leaf;
    private final boolean ordered;
    private final boolean optional;

    /**
     * @param leaf the column, flat
     * @param ordered whether bounds are in the order that the format defines for the column's type
     */
    StoredBounds(SchemaNode.Leaf leaf, boolean ordered) {
        this.leaf = leaf;
        this.ordered = ordered;
        this.optional = leaf.presentDefinition() > 0;
    }

    /**
     * Returns what statistics say of a whole column chunk.
     *
     * @param statistics the statistics, or null if there are none
     * @param entries rows of the chunk
     */
    ZoneBounds ofChunk(@Nullable Statistics statistics, long entries) {
        if (statistics == null) {
            return bounds(null, null, optional, true);
        }
        boolean countsNulls = statistics.isSetNull_count();
        boolean mayHaveNull = optional && (!countsNulls || statistics.getNull_count() != 0);
        boolean mayHaveValue = !countsNulls || statistics.getNull_count() != entries;
        return bounds(
                statistics.isSetMin_value() ? statistics.bufferForMin_value() : null,
                statistics.isSetMax_value() ? statistics.bufferForMax_value() : null,
                mayHaveNull,
                mayHaveValue);
    }

    /**
     * Returns what is known of rows between stored bounds.
     *
     * @param min stored lower bound, or null if there is none
     * @param max stored upper bound, or null if there is none
     * @param mayHaveNull whether some row may be null
     * @param mayHaveValue whether some row may be present
     */
    ZoneBounds bounds(@Nullable ByteBuffer min, @Nullable ByteBuffer max, boolean mayHaveNull, boolean mayHaveValue) {
        boolean mayHaveNan = leaf.storedType() instanceof ArrowType.FloatingPoint;
        Optional<OrderedValue> lower = decode(min);
        Optional<OrderedValue> upper = decode(max);
        boolean contradict = lower.isPresent()
                && upper.isPresent()
                && lower.get().order(upper.get()).orElse(1) > 0;
        boolean oneIsNan = mayHaveNan && (min != null && lower.isEmpty() || max != null && upper.isEmpty());
        boolean usable = !contradict && !oneIsNan;
        return new ZoneBounds(
                usable ? lower.orElse(null) : null,
                usable ? upper.orElse(null) : null,
                mayHaveNull,
                mayHaveValue,
                mayHaveNan);
    }

    private Optional<OrderedValue> decode(@Nullable ByteBuffer stored) {
        if (stored == null || !ordered || leaf.physicalType() == Type.INT96 || isDuration()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[stored.remaining()];
        stored.duplicate().get(bytes);
        return switch (leaf.physicalType()) {
            case BOOLEAN -> bytes.length == 1 ? Optional.of(OrderedValue.ofBoolean(bytes[0] != 0)) : Optional.empty();
            case INT32 -> bytes.length == 4 ? ofLong(LittleEndian.getInt(bytes, 0)) : Optional.empty();
            case INT64 -> bytes.length == 8 ? ofLong(LittleEndian.getLong(bytes, 0)) : Optional.empty();
            case FLOAT ->
                bytes.length == 4
                        ? OrderedValue.ofDouble(Float.intBitsToFloat(LittleEndian.getInt(bytes, 0)))
                        : Optional.empty();
            case DOUBLE ->
                bytes.length == 8
                        ? OrderedValue.ofDouble(Double.longBitsToDouble(LittleEndian.getLong(bytes, 0)))
                        : Optional.empty();
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> ofBytes(bytes);
        };
    }

    private boolean isDuration() {
        return leaf.field().getType() instanceof ArrowType.Duration;
    }

    private Optional<OrderedValue> ofLong(long value) {
        ArrowType type = leaf.storedType();
        return switch (type.getTypeID()) {
            case Int -> Optional.of(OrderedValue.ofNumber(integer((ArrowType.Int) type, value)));
            case Decimal ->
                Optional.of(OrderedValue.ofNumber(BigDecimal.valueOf(value, ((ArrowType.Decimal) type).getScale())));
            case Date ->
                ((ArrowType.Date) type).getUnit() == DateUnit.DAY
                        ? Optional.of(OrderedValue.ofUnits(value, NANOS_PER_DAY))
                        : Optional.empty();
            case Time -> {
                long nanosPerUnit = TimeUnits.nanosPer(((ArrowType.Time) type).getUnit());
                boolean inDay = value >= 0 && value <= NANOS_PER_DAY / nanosPerUnit;
                yield inDay ? Optional.of(OrderedValue.ofTimeOfDay(value * nanosPerUnit)) : Optional.empty();
            }
            case Timestamp ->
                Optional.of(OrderedValue.ofUnits(value, TimeUnits.nanosPer(((ArrowType.Timestamp) type).getUnit())));
            default -> Optional.empty();
        };
    }

    private BigDecimal integer(ArrowType.Int type, long value) {
        if (type.getIsSigned()) {
            return BigDecimal.valueOf(value);
        }
        return leaf.physicalType() == Type.INT32
                ? BigDecimal.valueOf(value & 0xffff_ffffL)
                : new BigDecimal(new BigInteger(Long.toUnsignedString(value)));
    }

    private Optional<OrderedValue> ofBytes(byte[] value) {
        ArrowType type = leaf.storedType();
        if (type instanceof ArrowType.Decimal decimal) {
            return value.length == 0
                    ? Optional.empty()
                    : Optional.of(OrderedValue.ofNumber(new BigDecimal(new BigInteger(value), decimal.getScale())));
        }
        boolean half = type instanceof ArrowType.FloatingPoint floating
                && floating.getPrecision() == FloatingPointPrecision.HALF;
        return half ? Optional.empty() : Optional.of(OrderedValue.ofBytes(value));
    }
}
