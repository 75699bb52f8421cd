package io.deltacat.benchmarks;

import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.LocalInputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Sums up every value of a file of {@link MixedRows#TWENTY}, however it is encoded. */
final class FileChecksum {
    private FileChecksum() {}

    /** Returns the sum. */
    static long of(Path file) throws IOException {
        ReadOptions options = ReadOptions.columns(LogicalTypes.toSchema(MixedRows.TWENTY));
        long sum = 0;
        try (BatchReader reader = new ParquetFormat().openReader(new LocalInputFile(file), options)) {
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                for (int column = 0; column < batch.columnCount(); column++) {
                    boolean decimal = batch.schema().getFields().get(column).getType() instanceof ArrowType.Decimal;
                    ColumnVector vector = batch.column(column);
                    for (int row = 0; row < batch.size(); row++) {
                        sum = sum * 31 + (vector.isNullAt(row) ? 7 : value(vector, row, decimal));
                    }
                }
            }
        }
        return sum;
    }

    private static long value(ColumnVector vector, int row, boolean decimal) {
        if (vector instanceof BooleanVector booleans) {
            return booleans.get(row) ? 1 : 0;
        }
        if (vector instanceof IntVector ints) {
            return ints.get(row);
        }
        if (vector instanceof LongVector longs) {
            return longs.get(row);
        }
        if (vector instanceof FloatVector floats) {
            return Float.floatToIntBits(floats.get(row));
        }
        if (vector instanceof DoubleVector doubles) {
            return Double.doubleToLongBits(doubles.get(row));
        }
        BytesVector bytes = (BytesVector) vector;
        return decimal ? new BigInteger(bytes.copy(row)).longValue() : java.util.Arrays.hashCode(bytes.copy(row));
    }
}
