package io.deltacat.format.batch;

import java.util.Arrays;

/** A vector of {@code boolean} values; see {@link VectorKind#BOOLEAN}. */
public final class BooleanVector extends ColumnVector {
    private static final boolean[] NONE = {};

    private boolean[] values;

    /** Creates an empty vector. */
    public BooleanVector() {
        this.values = NONE;
    }

    /**
     * Creates a vector over an array, all rows present.
     *
     * @param values the values; kept, not copied
     */
    public BooleanVector(boolean[] values) {
        this.values = values;
        reset(values.length);
    }

    /** Returns the values, the first {@link #size()} of which count. The array belongs to the vector. */
    public boolean[] values() {
        return values;
    }

    /**
     * Returns the value of a row, undefined if it is null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public boolean get(int row) {
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
        return values.length * (long) 1;
    }
}
