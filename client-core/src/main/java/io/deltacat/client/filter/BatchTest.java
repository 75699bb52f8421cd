package io.deltacat.client.filter;

import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;

/**
 * One node of a compiled filter. Truth values are numbers, ordered so that "and" is the minimum, "or" the maximum, and "not"
 * the distance from {@link #TRUE}. Confined to one thread.
 */
interface BatchTest {
    byte FALSE = 0;
    byte UNKNOWN = 1;
    byte TRUE = 2;

    /** Writes the truth value of each row. */
    void test(ColumnBatch batch, byte[] truths, int size);

    /** The truth value of a condition. */
    static byte of(boolean condition) {
        return condition ? TRUE : FALSE;
    }

    /** Overwrites the truth value of null rows. */
    static void unknownWhereNull(ColumnVector vector, byte[] truths, int size) {
        if (vector.hasNulls()) {
            for (int row = 0; row < size; row++) {
                if (vector.isNullAt(row)) {
                    truths[row] = UNKNOWN;
                }
            }
        }
    }
}
