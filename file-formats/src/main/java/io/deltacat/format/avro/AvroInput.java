package io.deltacat.format.avro;

/** Decodes Avro's binary encoding from one block, checking every length against the bytes left. Confined to one thread. */
final class AvroInput {
    private static final byte[] NO_BYTES = {};

    private byte[] data = NO_BYTES;
    private int at;
    private int end;

    void reset(byte[] block, int start, int length) {
        data = block;
        at = start;
        end = start + length;
    }

    int position() {
        return at;
    }

    int remaining() {
        return end - at;
    }

    byte[] data() {
        return data;
    }

    long readLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = readByte();
            value |= (next & 0x7fL) << shift;
            if ((next & 0x80) == 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new MalformedAvroException("a number has more than 10 bytes");
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new MalformedAvroException("number " + value + " is not an int");
        }
        return (int) value;
    }

    boolean readBoolean() {
        int value = readByte();
        if (value > 1) {
            throw new MalformedAvroException("byte " + value + " is not a boolean");
        }
        return value == 1;
    }

    float readFloat() {
        int start = take(Float.BYTES);
        int bits = 0;
        for (int i = Float.BYTES - 1; i >= 0; i--) {
            bits = bits << 8 | (data[start + i] & 0xff);
        }
        return Float.intBitsToFloat(bits);
    }

    double readDouble() {
        int start = take(Double.BYTES);
        long bits = 0;
        for (int i = Double.BYTES - 1; i >= 0; i--) {
            bits = bits << 8 | (data[start + i] & 0xff);
        }
        return Double.longBitsToDouble(bits);
    }

    /** Reads the length of bytes or a string that follow. */
    int readLength() {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw new MalformedAvroException("length " + length + ", but " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    /** Passes over bytes and returns where they start in {@link #data()}. */
    int take(int length) {
        if (length > end - at) {
            throw new MalformedAvroException(length + " bytes are needed, but " + remaining() + " are left");
        }
        int start = at;
        at += length;
        return start;
    }

    private int readByte() {
        if (at == end) {
            throw new MalformedAvroException("the block ends inside a value");
        }
        return data[at++] & 0xff;
    }
}
