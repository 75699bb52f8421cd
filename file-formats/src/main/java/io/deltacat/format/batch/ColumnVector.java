package io.deltacat.format.batch;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column for the rows of one batch, in plain Java arrays. The arrays may be longer than {@link #size()}
 * and belong to the vector: they are overwritten when the batch is filled again, so whoever keeps a value copies it.
 * Values at null positions are undefined. Not thread-safe; hand a vector to another thread only with its whole batch.
 *
 * <p>{@link VectorKind} says which class carries which type. The methods that change a vector are for readers that fill
 * it.
 */
public abstract sealed class ColumnVector
        permits BooleanVector,
                BytesVector,
                DoubleVector,
                FloatVector,
                IntVector,
                ListVector,
                LongVector,
                MapVector,
                StructVector {

    private static final long[] NO_WORDS = {};

    private int size;
    private boolean hasNulls;
    private long[] words = NO_WORDS;

    ColumnVector() {}

    /**
     * Creates an empty vector for a field, with empty children for nested types.
     *
     * @param field the field whose values the vector will carry
     * @throws io.deltacat.format.FormatException.UnsupportedType if no vector carries the type
     */
    public static ColumnVector forField(Field field) {
        List<Field> children = field.getChildren();
        return switch (VectorKind.of(field)) {
            case BOOLEAN -> new BooleanVector();
            case INT -> new IntVector();
            case LONG -> new LongVector();
            case FLOAT -> new FloatVector();
            case DOUBLE -> new DoubleVector();
            case BYTES -> new BytesVector();
            case LIST -> new ListVector(forField(children.get(0)));
            case MAP -> {
                List<Field> entry = children.get(0).getChildren();
                yield new MapVector(forField(entry.get(0)), forField(entry.get(1)));
            }
            case STRUCT ->
                new StructVector(children.stream().map(ColumnVector::forField).toList());
        };
    }

    /** Returns the number of rows. */
    public final int size() {
        return size;
    }

    /** Returns whether some row may be null; false means that every row is present. */
    public final boolean hasNulls() {
        return hasNulls;
    }

    /**
     * Returns whether a row is null.
     *
     * @param row from 0 to {@code size() - 1}; not checked
     */
    public final boolean isNullAt(int row) {
        return hasNulls && (words[row >>> 6] & (1L << row)) == 0;
    }

    /**
     * Returns the validity bits, bit {@code row & 63} of word {@code row >>> 6} being set for a present row, or null when
     * all rows are present. The array belongs to the vector.
     */
    public final long @Nullable [] validity() {
        return hasNulls ? words : null;
    }

    /**
     * Makes this a vector of so many rows, all present, with undefined values. Arrays are kept when they are large enough.
     *
     * @param rows number of rows, 0 or more
     */
    public final void reset(int rows) {
        resize(rows);
        hasNulls = false;
    }

    /**
     * Changes the number of rows and keeps the values and nulls of the rows that remain; added rows are present and
     * undefined.
     *
     * @param rows number of rows, 0 or more
     */
    public final void resize(int rows) {
        int oldSize = size;
        size = rows;
        ensureCapacity(rows);
        if (hasNulls && rows > oldSize) {
            growWords(rows);
            for (int row = oldSize; row < rows; row++) {
                words[row >>> 6] |= 1L << row;
            }
        }
    }

    /**
     * Marks one row as null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public final void setNull(int row) {
        mutableValidity()[row >>> 6] &= ~(1L << row);
    }

    /** Marks all rows as null. */
    public final void setAllNull() {
        Arrays.fill(mutableValidity(), 0, (size + 63) >>> 6, 0L);
    }

    /** Returns the validity bits for bulk changes; rows are present until their bit is cleared. */
    public final long[] mutableValidity() {
        if (!hasNulls) {
            growWords(size);
            Arrays.fill(words, 0, (size + 63) >>> 6, -1L);
            hasNulls = true;
        }
        return words;
    }

    /**
     * Takes over which rows are null from a vector of the same size.
     *
     * @param other the other vector
     */
    public final void copyNulls(ColumnVector other) {
        hasNulls = other.hasNulls;
        if (hasNulls) {
            growWords(size);
            System.arraycopy(other.words, 0, words, 0, (size + 63) >>> 6);
        }
    }

    /** Returns the bytes of heap that this vector and its children hold, used or not. */
    public final long retainedBytes() {
        return words.length * 8L + retainedValueBytes();
    }

    /** Makes room for the values of so many rows, keeping what is there. */
    abstract void ensureCapacity(int rows);

    /** Returns the bytes of heap that the value arrays and children hold. */
    abstract long retainedValueBytes();

    /** Returns a capacity of at least {@code wanted}, larger than {@code current} by a constant factor. */
    static int grownCapacity(int current, int wanted) {
        long doubled = Math.max(16, 2L * current);
        return (int) Math.max(wanted, Math.min(doubled, Integer.MAX_VALUE - 16)); // both operands fit an int
    }

    private void growWords(int rows) {
        int needed = (rows + 63) >>> 6;
        if (words.length < needed) {
            words = Arrays.copyOf(words, grownCapacity(words.length, needed));
        }
    }
}
