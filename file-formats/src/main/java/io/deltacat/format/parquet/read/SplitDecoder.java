package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.parquet.codec.MalformedDataException;

/**
 * Values in the BYTE_STREAM_SPLIT encoding: the first bytes of all values, then their second bytes, and so on.
 *
 * @param <A> where the values go
 */
abstract sealed class SplitDecoder<A> implements ValueDecoder<A> {
    private final int width;
    private byte[] data = {};
    private int position;
    private int stride;
    private int left;

    SplitDecoder(int width) {
        this.width = width;
    }

    @Override
    public void start(byte[] source, int from, int to, int count) {
        if ((to - from) % width != 0) {
            throw new MalformedDataException((to - from) + " bytes of split values of " + width + " bytes each");
        }
        data = source;
        position = from;
        stride = (to - from) / width;
        left = stride;
    }

    @Override
    public void skip(int count) {
        if (count > left) {
            throw new MalformedDataException(left + " split values left, " + count + " needed");
        }
        left -= count;
        position += count;
    }

    /** Returns the value whose first byte is so far behind the position of the last {@link #skip}. */
    final long bits(int behind) {
        int at = position - behind;
        long bits = 0;
        for (int i = 0; i < width; i++, at += stride) {
            bits |= (data[at] & 0xffL) << i * 8;
        }
        return bits;
    }

    /** Copies the bytes of the value that {@link #bits} would return. */
    final void copy(int behind, byte[] target, int offset) {
        int at = position - behind;
        for (int i = 0; i < width; i++, at += stride) {
            target[offset + i] = data[at];
        }
    }

    /** Decodes INT32. */
    static final class Ints extends SplitDecoder<int[]> {
        Ints() {
            super(Integer.BYTES);
        }

        @Override
        public void read(int[] target, int offset, int count) {
            skip(count);
            for (int i = 0; i < count; i++) {
                target[offset + i] = (int) bits(count - i); // four bytes
            }
        }
    }

    /** Decodes INT64. */
    static final class Longs extends SplitDecoder<long[]> {
        Longs() {
            super(Long.BYTES);
        }

        @Override
        public void read(long[] target, int offset, int count) {
            skip(count);
            for (int i = 0; i < count; i++) {
                target[offset + i] = bits(count - i);
            }
        }
    }

    /** Decodes FLOAT. */
    static final class Floats extends SplitDecoder<float[]> {
        Floats() {
            super(Float.BYTES);
        }

        @Override
        public void read(float[] target, int offset, int count) {
            skip(count);
            for (int i = 0; i < count; i++) {
                target[offset + i] = Float.intBitsToFloat((int) bits(count - i)); // four bytes
            }
        }
    }

    /** Decodes DOUBLE. */
    static final class Doubles extends SplitDecoder<double[]> {
        Doubles() {
            super(Double.BYTES);
        }

        @Override
        public void read(double[] target, int offset, int count) {
            skip(count);
            for (int i = 0; i < count; i++) {
                target[offset + i] = Double.longBitsToDouble(bits(count - i));
            }
        }
    }

    /** Decodes FIXED_LEN_BYTE_ARRAY. */
    static final class FixedBytes extends SplitDecoder<BytesVector> {
        private final int length;
        private final BatchLimit limit;

        FixedBytes(int length, BatchLimit limit) {
            super(length);
            this.length = length;
            this.limit = limit;
        }

        @Override
        public void read(BytesVector target, int offset, int count) {
            int[] offsets = target.offsets();
            int first = offsets[offset];
            int end = limit.end(first, (long) count * length);
            skip(count);
            byte[] buffer = target.buffer(end);
            for (int i = 0; i < count; i++) {
                copy(count - i, buffer, first + i * length);
                offsets[offset + i + 1] = first + (i + 1) * length;
            }
        }
    }
}
