package io.deltacat.client.filter;

import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;

/** A floating point column against a number; NaN is different from everything and otherwise compares false. */
record FloatingTest(int column, Filter.Operator operator, double literal) implements BatchTest {
    @Override
    public void test(ColumnBatch batch, byte[] truths, int size) {
        ColumnVector vector = batch.column(column);
        if (vector instanceof DoubleVector doubles) {
            double[] values = doubles.values();
            for (int row = 0; row < size; row++) {
                truths[row] = BatchTest.of(holds(values[row]));
            }
        } else {
            float[] values = ((FloatVector) vector).values();
            for (int row = 0; row < size; row++) {
                truths[row] = BatchTest.of(holds(values[row]));
            }
        }
        BatchTest.unknownWhereNull(vector, truths, size);
    }

    /** The operators of Java treat zeros and NaN as the filter grammar does. */
    private boolean holds(double value) {
        return switch (operator) {
            case EQ -> value == literal;
            case NEQ -> value != literal;
            case GT -> value > literal;
            case GTE -> value >= literal;
            case LT -> value < literal;
            case LTE -> value <= literal;
        };
    }
}
