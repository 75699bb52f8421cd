package io.deltacat.benchmarks;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryStringData;

/** Touches every field of rows of {@link MixedRows#FIVE} and sums up what it sees. Confined to one thread. */
final class RowChecksum {
    private long sum;
    private long rows;

    void add(RowData row) {
        rows++;
        if (!row.isNullAt(0)) {
            sum += row.getLong(0);
        }
        if (!row.isNullAt(1)) {
            sum += Double.doubleToRawLongBits(row.getDouble(1));
        }
        if (!row.isNullAt(2)) {
            sum += touch((BinaryStringData) row.getString(2));
        }
        if (!row.isNullAt(3)) {
            sum += touch((BinaryStringData) row.getString(3));
        }
        if (!row.isNullAt(4)) {
            sum += row.getTimestamp(4, 6).getMillisecond();
        }
    }

    private static long touch(BinaryStringData text) {
        int size = text.getSizeInBytes();
        return size == 0 ? 1 : size * 31L + text.byteAt(size - 1);
    }

    long sum() {
        return sum;
    }

    long rows() {
        return rows;
    }
}
