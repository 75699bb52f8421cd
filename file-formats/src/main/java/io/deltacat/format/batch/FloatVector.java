package io.deltacat.format.batch;

import java.util.Arrays;

/** A vector of {@code float} values; see {@link VectorKind#FLOAT}. */
public final class FloatVector extends ColumnVector {
    private static final float[] NONE = {};

    private float[] values;

    /** Creates an empty vector. */
    public FloatVector() {
        this.values = NONE;
    }

    /**
     * Creates a vector over an array, all rows present.
     *
     * @param values the values; kept, not copied
     */
    public FloatVector(float[] values) {
        this.values = values;
        reset(values.length);
    }

    /** Returns the values, the first {@link #size()} of which count. The array belongs to the vector. */
    public float[] values() {
        return values;
    }

    /**
     * Returns the value of a row, undefined if it is null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public float get(int row) {
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
        return values.length * (long) Float.BYTES;
    }
}
