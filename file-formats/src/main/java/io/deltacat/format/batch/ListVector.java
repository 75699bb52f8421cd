package io.deltacat.format.batch;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** A vector of lists: row {@code i} is the run of {@link #elements()} that starts at {@code start(i)}. */
public final class ListVector extends ColumnVector {
    private final ColumnVector elements;
    private int[] offsets = {0};

    /**
     * @param elements vector of the elements of all rows, kept
     */
    public ListVector(ColumnVector elements) {
        this.elements = requireNonNull(elements, "elements");
    }

    /** Returns the elements of all rows. */
    public ColumnVector elements() {
        return elements;
    }

    /**
     * Returns the position of the first element of a row.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public int start(int row) {
        return offsets[row];
    }

    /**
     * Returns the number of elements of a row, 0 if it is null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** Returns the {@code size() + 1} offsets into the elements. The array belongs to the vector. */
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
        return offsets.length * 4L + elements.retainedBytes();
    }
}
