package io.deltacat.format.batch;

import java.util.Arrays;

/** A vector of {@code long} values; see {@link VectorKind#LONG}. */
public final class LongVector extends ColumnVector {
    private static final long[] NONE = {};

    private long[] values;

    /** Creates an empty vector. */
    public LongVector() {
        this.values = NONE;
    }

    /**
     * Creates a vector over an array, all rows present.
     *
     * @param values the values; kept, not copied
     */
    public LongVector(long[] values) {
        this.values = values;
        reset(values.length);
    }

    /** Returns the values, the first {@link #size()} of which count. The array belongs to the vector. */
    public long[] values() {
        return values;
    }

    /**
     * Returns the value of a row, undefined if it is null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public long get(int row) {
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
        return values.length * (long) Long.BYTES;
    }
}
