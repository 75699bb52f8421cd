package io.deltacat.format.feather;

import java.util.Arrays;

/** A growing little-endian buffer of one column. Confined to one thread. */
final class ArrowBuffer {
    private byte[] data = new byte[64];
    private int size;

    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void put(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, data, size, length);
        size += length;
    }

    /** Appends the lowest bytes of a number, lowest first. */
    void putLittleEndian(long value, int width) {
        ensure(width);
        for (int i = 0; i < width; i++) {
            data[size++] = (byte) (value >>> (8 * i));
        }
    }

    void putZeros(int length) {
        ensure(length);
        Arrays.fill(data, size, size + length, (byte) 0);
        size += length;
    }

    /** Sets or clears the bit of a row, which may be the next one beyond the end. */
    void putBit(int row, boolean value) {
        if ((row & 7) == 0) {
            putZeros(1);
        }
        if (value) {
            data[row >>> 3] |= (byte) (1 << (row & 7));
        }
    }

    private void ensure(int more) {
        if (more > data.length - size) {
            long wanted = Math.max((long) size + more, Math.min(2L * data.length, Integer.MAX_VALUE - 16));
            data = Arrays.copyOf(data, Math.toIntExact(wanted));
        }
    }
}
