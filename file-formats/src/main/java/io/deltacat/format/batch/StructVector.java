package io.deltacat.format.batch;

import java.util.List;

/**
 * A vector of structs: child {@code c} of row {@code i} is row {@code i} of {@code child(c)}. Children have the size of the
 * struct vector; where the struct is null, its children are null or undefined.
 */
public final class StructVector extends ColumnVector {
    private final List<ColumnVector> children;

    /**
     * @param children one vector per struct field, in field order; the list is copied, the vectors are kept
     */
    public StructVector(List<ColumnVector> children) {
        this.children = List.copyOf(children);
    }

    /** Returns the number of struct fields. */
    public int childCount() {
        return children.size();
    }

    /**
     * Returns the vector of a struct field.
     *
     * @param index from 0 to {@code childCount() - 1}
     */
    public ColumnVector child(int index) {
        return children.get(index);
    }

    @Override
    void ensureCapacity(int rows) {
        // The rows live in the children, which their own reader sizes.
    }

    @Override
    long retainedValueBytes() {
        return children.stream().mapToLong(ColumnVector::retainedBytes).sum();
    }
}
