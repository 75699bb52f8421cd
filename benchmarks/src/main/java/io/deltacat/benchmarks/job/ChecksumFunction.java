package io.deltacat.benchmarks.job;

import java.util.Arrays;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.util.Collector;

/** Reads every field of the flat rows that come and adds them up; lets no row out. */
final class ChecksumFunction extends ProcessFunction<RowData, Integer> {
    static final String SUM = "benchmark-sum";
    static final String ROWS = "benchmark-rows";
    private static final long serialVersionUID = 1L;

    private final LogicalType[] types;
    private final int[] precisions;
    private final int[] scales;
    private final LongCounter sum = new LongCounter();
    private final LongCounter rows = new LongCounter();

    ChecksumFunction(RowType type) {
        this.types = type.getChildren().toArray(LogicalType[]::new);
        this.precisions =
                Arrays.stream(types).mapToInt(ChecksumFunction::precision).toArray();
        this.scales = Arrays.stream(types)
                .mapToInt(t -> t instanceof DecimalType decimal ? decimal.getScale() : 0)
                .toArray();
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(SUM, sum);
        getRuntimeContext().addAccumulator(ROWS, rows);
    }

    @Override
    public void processElement(RowData row, Context context, Collector<Integer> out) {
        long all = 0;
        for (int i = 0; i < types.length; i++) {
            if (!row.isNullAt(i)) {
                all += (i + 1) * valueOf(row, i);
            }
        }
        sum.add(all);
        rows.add(1);
    }

    private long valueOf(RowData row, int column) {
        return switch (types[column].getTypeRoot()) {
            case BOOLEAN -> row.getBoolean(column) ? 1 : 2;
            case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> row.getInt(column);
            case BIGINT -> row.getLong(column);
            case FLOAT -> Float.floatToRawIntBits(row.getFloat(column));
            case DOUBLE -> Double.doubleToRawLongBits(row.getDouble(column));
            case CHAR, VARCHAR -> sumOf((BinaryStringData) row.getString(column));
            case BINARY, VARBINARY -> Arrays.hashCode(row.getBinary(column));
            case DECIMAL -> sumOf(row.getDecimal(column, precisions[column], scales[column]));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                sumOf(row.getTimestamp(column, precisions[column]));
            default -> throw new IllegalArgumentException("no sum for columns of type " + types[column]);
        };
    }

    private static long sumOf(BinaryStringData text) {
        int size = text.getSizeInBytes();
        return size == 0 ? 1 : size * 31L + text.byteAt(size - 1);
    }

    private static long sumOf(DecimalData decimal) {
        return decimal.isCompact()
                ? decimal.toUnscaledLong()
                : decimal.toBigDecimal().unscaledValue().longValue();
    }

    private static long sumOf(TimestampData time) {
        return time.getMillisecond() * 1000 + time.getNanoOfMillisecond() / 1000;
    }

    private static int precision(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case DECIMAL, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                LogicalTypeChecks.getPrecision(type);
            default -> 0;
        };
    }
}
