package io.deltacat.format.batch;

import java.util.Arrays;

/** A vector of {@code int} values; see {@link VectorKind#INT}. */
public final class IntVector extends ColumnVector {
    private static final int[] NONE = {};

    private int[] values;

    /** Creates an empty vector. */
    public IntVector() {
        this.values = NONE;
    }

    /**
     * Creates a vector over an array, all rows present.
     *
     * @param values the values; kept, not copied
     */
    public IntVector(int[] values) {
        this.values = values;
        reset(values.length);
    }

    /** Returns the values, the first {@link #size()} of which count. The array belongs to the vector. */
    public int[] values() {
        return values;
    }

    /**
     * Returns the value of a row, undefined if it is null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public int get(int row) {
        return values[row];
    }

    @Override
    void ensureCapacity(int rows) {
        if (values.length < rows) {
            values = Arrays.copyOf(values, grownCapacity(values.length, rows));
        }
    }

    @Override
    long retainedValueBytes() {
        return values.length * (long) Integer.BYTES;
    }
}
