package io.deltacat.format.batch;

import static java.util.Objects.requireNonNull;

/**
 * The distinct values that the ids of a dictionary-coded {@link BytesVector} point to. The same object is shared by all
 * batches of one column chunk, so its identity may key a cache of decoded values. Immutable; the arrays must not be
 * changed.
 */
public final class BytesDictionary {
    private final byte[] data;
    private final int[] offsets;
    private final int size;

    /**
     * @param data the bytes of all values, one after the other; kept, not copied
     * @param offsets where value {@code id} starts, and ends ({@code id + 1}); kept, not copied
     * @param size number of values, at most {@code offsets.length - 1}
     */
    public BytesDictionary(byte[] data, int[] offsets, int size) {
        this.data = requireNonNull(data, "data");
        this.offsets = requireNonNull(offsets, "offsets");
        if (size < 0 || size >= offsets.length) {
            throw new IllegalArgumentException(
                    "size " + size + " needs " + (size + 1L) + " offsets, got " + offsets.length);
        }
        this.size = size;
    }

    /** Returns the number of values. */
    public int size() {
        return size;
    }

    /** Returns the bytes of all values. */
    public byte[] data() {
        return data;
    }

    /**
     * Returns where a value starts in {@link #data()}.
     *
     * @param id from 0 to {@code size() - 1}
     */
    public int start(int id) {
        return offsets[id];
    }

    /**
     * Returns the number of bytes of a value.
     *
     * @param id from 0 to {@code size() - 1}
     */
    public int length(int id) {
        return offsets[id + 1] - offsets[id];
    }
}
