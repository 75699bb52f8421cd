package io.deltacat.flink.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Draws rows of any type the connector maps: a fifth of the nullable values null, the edges of every range included. */
final class RandomRows {

    private final RandomGenerator random;

    RandomRows(RandomGenerator random) {
        this.random = random;
    }

    List<RowData> rows(RowType type, int count) {
        List<RowData> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(row(type));
        }
        return rows;
    }

    private GenericRowData row(RowType type) {
        GenericRowData row = new GenericRowData(type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            row.setField(i, value(type.getTypeAt(i)));
        }
        return row;
    }

    private Object value(LogicalType type) {
        if (type.isNullable() && random.nextInt(5) == 0) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) bits(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> (short) bits(Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) bits(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> bits(Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> pick(0f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, random.nextFloat());
            case DOUBLE -> pick(0d, -0d, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, random.nextDouble());
            case DECIMAL -> decimal((DecimalType) type);
            case CHAR, VARCHAR ->
                StringData.fromString(pick("", "a", "größe", "日本語", "\uD83D\uDE00", "x".repeat(random.nextInt(40))));
            case BINARY -> bytes(((BinaryType) type).getLength());
            case VARBINARY -> bytes(random.nextInt(20));
            case DATE -> pick(0, -719_162, 2_932_896, random.nextInt(40_000));
            case TIME_WITHOUT_TIME_ZONE -> time((TimeType) type);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                timestamp(LogicalTypeChecks.getPrecision(type));
            case ARRAY -> array(((ArrayType) type).getElementType());
            case MAP -> map((MapType) type);
            case ROW -> row((RowType) type);
            default -> throw new IllegalStateException(type.asSummaryString());
        };
    }

    private long bits(long min, long max) {
        return pick(min, max, 0L, -1L, max == Long.MAX_VALUE ? random.nextLong() : random.nextLong(min, max + 1));
    }

    private DecimalData decimal(DecimalType type) {
        BigInteger limit = BigInteger.TEN.pow(type.getPrecision());
        BigInteger unscaled = pick(
                BigInteger.ZERO,
                limit.subtract(BigInteger.ONE),
                BigInteger.ONE.subtract(limit),
                new BigInteger(limit.bitLength(), new java.util.Random(random.nextLong())).mod(limit));
        return DecimalData.fromBigDecimal(
                new BigDecimal(unscaled, type.getScale()), type.getPrecision(), type.getScale());
    }

    private int time(TimeType type) {
        int millis = pick(0, 86_399_999, random.nextInt(86_400_000));
        return type.getPrecision() == 0 ? millis / 1000 * 1000 : millis;
    }

    private TimestampData timestamp(int precision) {
        long seconds = pick(0L, -1L, 1_357_000_000L, -5_000_000_000L, (long) random.nextInt());
        long step = BigInteger.TEN.pow(9 - precision).longValueExact();
        long nanos = random.nextInt(1_000_000_000) / step * step;
        return TimestampData.fromEpochMillis(seconds * 1000 + nanos / 1_000_000, (int) (nanos % 1_000_000));
    }

    private GenericArrayData array(LogicalType element) {
        Object[] values = new Object[random.nextInt(4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(element);
        }
        return new GenericArrayData(values);
    }

    private GenericMapData map(MapType type) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(value(type.getKeyType().copy(false)), value(type.getValueType()));
        }
        return new GenericMapData(entries);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
