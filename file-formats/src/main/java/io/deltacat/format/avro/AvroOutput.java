package io.deltacat.format.avro;

import java.util.Arrays;

/** Encodes Avro's binary encoding into a growing buffer. Confined to one thread. */
final class AvroOutput {
    private byte[] data = new byte[8 << 10];
    private int size;

    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    int capacity() {
        return data.length;
    }

    void clear() {
        size = 0;
    }

    void writeLong(long value) {
        ensure(10);
        long zigzag = value << 1 ^ value >> 63;
        while ((zigzag & ~0x7fL) != 0) {
            data[size++] = (byte) (zigzag & 0x7f | 0x80);
            zigzag >>>= 7;
        }
        data[size++] = (byte) zigzag; // below 128
    }

    void writeBoolean(boolean value) {
        ensure(1);
        data[size++] = (byte) (value ? 1 : 0);
    }

    void writeFloat(float value) {
        writeLittleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    }

    void writeDouble(double value) {
        writeLittleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    void writeBytes(byte[] value) {
        writeLong(value.length);
        writeRaw(value, 0, value.length);
    }

    void writeRaw(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, data, size, length);
        size += length;
    }

    private void writeLittleEndian(long bits, int bytes) {
        ensure(bytes);
        for (int i = 0; i < bytes; i++) {
            data[size++] = (byte) (bits >>> (8 * i));
        }
    }

    private void ensure(int more) {
        if (more > data.length - size) {
            long wanted = Math.max((long) size + more, Math.min(2L * data.length, Integer.MAX_VALUE - 16));
            data = Arrays.copyOf(data, Math.toIntExact(wanted));
        }
    }
}
