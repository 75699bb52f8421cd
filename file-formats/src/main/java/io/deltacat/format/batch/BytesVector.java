package io.deltacat.format.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A vector of byte strings; see {@link VectorKind#BYTES}. The bytes of all rows lie in one array. A vector is either
 * <em>plain</em>, every row having its own bytes, or <em>dictionary-coded</em>, rows holding ids into a shared
 * {@link BytesDictionary}; {@link #data()}, {@link #start} and {@link #length} hide the difference.
 */
public final class BytesVector extends ColumnVector {
    private static final byte[] NO_BYTES = {};

    private byte[] buffer = NO_BYTES;
    private int[] offsets = {0};
    private int[] ids = {};
    private @Nullable BytesDictionary dictionary;

    /** Creates an empty plain vector. */
    public BytesVector() {}

    /** Returns the array that holds the bytes of all rows. It belongs to the vector or to its dictionary. */
    public byte[] data() {
        return dictionary == null ? buffer : dictionary.data();
    }

    /**
     * Returns where the value of a row starts in {@link #data()}, undefined if the row is null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public int start(int row) {
        return dictionary == null ? offsets[row] : dictionary.start(ids[row]);
    }

    /**
     * Returns the number of bytes of the value of a row, undefined if the row is null.
     *
     * @param row from 0 to {@code size() - 1}
     */
    public int length(int row) {
        return dictionary == null ? offsets[row + 1] - offsets[row] : dictionary.length(ids[row]);
    }

    /** Returns the dictionary if the vector is dictionary-coded, else null. */
    public @Nullable BytesDictionary dictionary() {
        return dictionary;
    }

    /**
     * Returns the dictionary id of each row; 0 or another valid id at null rows. Only meaningful while
     * {@link #dictionary()} is not null. The array belongs to the vector.
     */
    public int[] ids() {
        return ids;
    }

    /** Returns the value of a row as a new array. */
    public byte[] copy(int row) {
        int start = start(row);
        return Arrays.copyOfRange(data(), start, start + length(row));
    }

    /** Returns the UTF-8 value of a row as a string. */
    public String string(int row) {
        return new String(data(), start(row), length(row), StandardCharsets.UTF_8);
    }

    /** Makes the vector plain, for a reader that is about to fill it. */
    public void usePlain() {
        dictionary = null;
        offsets[0] = 0;
    }

    /**
     * Makes the vector dictionary-coded, for a reader that is about to fill {@link #ids()}.
     *
     * @param shared the dictionary all ids point to; every id, also at null rows, must be valid in it
     */
    public void useDictionary(BytesDictionary shared) {
        dictionary = shared;
        ensureCapacity(size());
    }

    /**
     * Returns the offsets of a plain vector: row {@code i} lies from {@code offsets[i]} to {@code offsets[i + 1]} in the
     * buffer, so a null row still needs its end. The array belongs to the vector.
     */
    public int[] offsets() {
        return offsets;
    }

    /**
     * Returns the buffer of a plain vector with room for so many bytes, keeping what is there.
     *
     * @param bytes wanted capacity
     */
    public byte[] buffer(int bytes) {
        if (buffer.length < bytes) {
            buffer = Arrays.copyOf(buffer, grownCapacity(buffer.length, bytes));
        }
        return buffer;
    }

    /**
     * Sets the next row of a plain vector; rows are set in order, null ones with length 0.
     *
     * @param row the row; row 0 first
     * @param source bytes to copy from
     * @param start first byte
     * @param length number of bytes
     */
    public void set(int row, byte[] source, int start, int length) {
        int end = Math.addExact(offsets[row], length);
        System.arraycopy(source, start, buffer(end), offsets[row], length);
        offsets[row + 1] = end;
    }

    @Override
    void ensureCapacity(int rows) {
        if (offsets.length <= rows) {
            offsets = Arrays.copyOf(offsets, grownCapacity(offsets.length, Math.addExact(rows, 1)));
        }
        if (dictionary != null && ids.length < rows) {
            ids = Arrays.copyOf(ids, grownCapacity(ids.length, rows));
        }
    }

    @Override
    long retainedValueBytes() {
        return buffer.length + offsets.length * 4L + ids.length * 4L;
    }
}
