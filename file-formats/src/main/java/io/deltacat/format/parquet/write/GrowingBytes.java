package io.deltacat.format.parquet.write;

import io.deltacat.format.parquet.codec.LittleEndian;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow at the end; the array is kept when cleared. Confined to one thread. */
final class GrowingBytes extends OutputStream {
    private byte[] array = {};
    private int length;

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Cuts off what lies behind a length. */
    void truncate(int shorter) {
        length = shorter;
    }

    /** Gives the array back. */
    void release() {
        array = new byte[0];
        length = 0;
    }

    /** Makes room for more bytes, adds them to the length and returns where they start. */
    int extend(int more) {
        int start = length;
        int end = Math.addExact(length, more);
        if (array.length < end) {
            array = Arrays.copyOf(array, (int) Math.max(end, Math.min(2L * array.length + 64, Integer.MAX_VALUE - 16)));
        }
        length = end;
        return start;
    }

    /** Extends by so many bytes and returns them as a little-endian buffer. */
    ByteBuffer buffer(int more) {
        int start = extend(more);
        return ByteBuffer.wrap(array, start, more).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void write(int b) {
        int start = extend(1);
        array[start] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        int start = extend(count);
        System.arraycopy(source, offset, array, start, count);
    }

    void putInt(int value) {
        int start = extend(Integer.BYTES);
        LittleEndian.putInt(array, start, value);
    }

    void putVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        write(rest);
    }

    byte[] copy() {
        return Arrays.copyOf(array, length);
    }
}
