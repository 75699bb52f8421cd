package io.deltacat.format.batch;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * A vector of maps: the entries of row {@code i} are the runs of {@link #keys()} and {@link #values()} that start at
 * {@code start(i)}. Keys are never null; order and duplicates are those of the file.
 */
public final class MapVector extends ColumnVector {
    private final ColumnVector keys;
    private final ColumnVector values;
    private int[] offsets = {0};

    /**
     * @param keys vector of the keys of all rows, kept
     * @param values vector of the values of all rows, kept
     */
    public MapVector(ColumnVector keys, ColumnVector values) {
        this.keys = requireNonNull(keys, "keys");
        this.values = requireNonNull(values, "values");
    }

    /** Returns the keys of all rows. */
    public ColumnVector keys() {
        return keys;
    }

    /** Returns the values of all rows. */
    public ColumnVector values() {
        return values;
    }

    /**
     * Returns the position of the first entry of a row.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public int start(int row) {
        return offsets[row];
    }

    /**
     * Returns the number of entries of a row, 0 if it is null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** Returns the {@code size() + 1} offsets into keys and values. The array belongs to the vector. */
    public int[] offsets() {
        return offsets;
    }

    @Override
    void ensureCapacity(int rows) {
        if (offsets.length <= rows) {
            offsets = Arrays.copyOf(offsets, grownCapacity(offsets.length, Math.addExact(rows, 1)));
        }
    }

    @Override
    long retainedValueBytes() {
        return offsets.length * 4L + keys.retainedBytes() + values.retainedBytes();
    }
}
