package io.deltacat.client.filter;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;

/**
 * Whether an integral column lies in a range. Every comparison of integers, decimals, dates, times and timestamps with a
 * literal is one, since the literal is rounded to the column's unit once.
 *
 * @param column the column
 * @param low smallest value inside, shifted by {@code bias}
 * @param high largest value inside, shifted likewise; smaller than {@code low} for an empty range
 * @param bias added to values before they are compared: {@code Long.MIN_VALUE} orders unsigned 64-bit values, else 0
 * @param inside truth value of rows inside the range
 */
record RangeTest(int column, long low, long high, long bias, byte inside) implements BatchTest {
    @Override
    public void test(ColumnBatch batch, byte[] truths, int size) {
        ColumnVector vector = batch.column(column);
        byte outside = (byte) (TRUE - inside);
        if (vector instanceof LongVector longs) {
            long[] values = longs.values();
            for (int row = 0; row < size; row++) {
                long value = values[row] + bias;
                truths[row] = value >= low && value <= high ? inside : outside;
            }
        } else if (vector instanceof IntVector ints) {
            int[] values = ints.values();
            for (int row = 0; row < size; row++) {
                truths[row] = values[row] >= low && values[row] <= high ? inside : outside;
            }
        } else {
            boolean[] values = ((BooleanVector) vector).values();
            for (int row = 0; row < size; row++) {
                long value = values[row] ? 1 : 0;
                truths[row] = value >= low && value <= high ? inside : outside;
            }
        }
        BatchTest.unknownWhereNull(vector, truths, size);
    }
}
