package io.deltacat.client.filter;

import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import java.util.Arrays;

/** Whether a column is null. */
record NullTest(int column) implements BatchTest {
    @Override
    public void test(ColumnBatch batch, byte[] truths, int size) {
        ColumnVector vector = batch.column(column);
        Arrays.fill(truths, 0, size, FALSE);
        if (vector.hasNulls()) {
            for (int row = 0; row < size; row++) {
                truths[row] = BatchTest.of(vector.isNullAt(row));
            }
        }
    }
}
