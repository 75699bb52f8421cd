package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.parquet.codec.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Values one after the other, little-endian; the PLAIN encoding. One nested class per target.
 *
 * @param <A> where the values go
 */
abstract sealed class PlainDecoder<A> implements ValueDecoder<A> {
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    byte[] data = {};
    int position;
    int end;

    @Override
    public void start(byte[] source, int from, int to, int count) {
        if (data != source) {
            data = source;
            bytes = ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN);
        }
        position = from;
        end = to;
    }

    /** Takes the bytes of so many values of a fixed width and returns where they start. */
    final int take(int count, int width) {
        long needed = (long) count * width;
        if (needed > end - position) {
            throw new MalformedDataException(
                    (end - position) + " bytes of values left, " + needed + " needed for " + count + " values");
        }
        int start = position;
        position += (int) needed; // at most end - position
        return start;
    }

    /** Takes as {@link #take} and returns the bytes as a buffer. */
    final ByteBuffer buffer(int count, int width) {
        return bytes.position(take(count, width));
    }

    /** Decodes INT32. */
    static final class Ints extends PlainDecoder<int[]> {
        @Override
        public void read(int[] target, int offset, int count) {
            buffer(count, Integer.BYTES).asIntBuffer().get(target, offset, count);
        }

        @Override
        public void skip(int count) {
            take(count, Integer.BYTES);
        }
    }

    /** Decodes INT64. */
    static final class Longs extends PlainDecoder<long[]> {
        @Override
        public void read(long[] target, int offset, int count) {
            buffer(count, Long.BYTES).asLongBuffer().get(target, offset, count);
        }

        @Override
        public void skip(int count) {
            take(count, Long.BYTES);
        }
    }

    /** Decodes FLOAT. */
    static final class Floats extends PlainDecoder<float[]> {
        @Override
        public void read(float[] target, int offset, int count) {
            buffer(count, Float.BYTES).asFloatBuffer().get(target, offset, count);
        }

        @Override
        public void skip(int count) {
            take(count, Float.BYTES);
        }
    }

    /** Decodes DOUBLE. */
    static final class Doubles extends PlainDecoder<double[]> {
        @Override
        public void read(double[] target, int offset, int count) {
            buffer(count, Double.BYTES).asDoubleBuffer().get(target, offset, count);
        }

        @Override
        public void skip(int count) {
            take(count, Double.BYTES);
        }
    }

    /** Decodes FIXED_LEN_BYTE_ARRAY and INT96. */
    static final class FixedBytes extends PlainDecoder<BytesVector> {
        private final int width;
        private final BatchLimit limit;

        FixedBytes(int width, BatchLimit limit) {
            this.width = width;
            this.limit = limit;
        }

        @Override
        public void read(BytesVector target, int offset, int count) {
            int[] offsets = target.offsets();
            int first = offsets[offset];
            int end = limit.end(first, (long) count * width);
            int start = take(count, width);
            int total = end - first;
            byte[] buffer = target.buffer(end);
            System.arraycopy(data, start, buffer, first, total);
            for (int i = 1; i <= count; i++) {
                offsets[offset + i] = first + i * width;
            }
        }

        @Override
        public void skip(int count) {
            take(count, width);
        }
    }

    /** Decodes BYTE_ARRAY: each value behind its length. */
    static final class VariableBytes extends PlainDecoder<BytesVector> {
        private final BatchLimit limit;

        VariableBytes(BatchLimit limit) {
            this.limit = limit;
        }

        @Override
        public void read(BytesVector target, int offset, int count) {
            // The values without their lengths cannot be longer than what is left of the page.
            int[] offsets = target.offsets();
            int at = offsets[offset];
            byte[] buffer = target.buffer((int) Math.min(at + (long) boundOf(count), BatchLimit.MAX_BYTES)); // an int
            int from = position;
            for (int i = 1; i <= count; i++) {
                int length = length(from);
                from += Integer.BYTES;
                int valueEnd = limit.end(at, length);
                if (buffer.length < valueEnd) {
                    buffer = target.buffer(valueEnd);
                }
                System.arraycopy(data, from, buffer, at, length);
                from += length;
                at = valueEnd;
                offsets[offset + i] = at;
            }
            position = from;
        }

        /** Guesses the bytes of the next values from the first one; the buffer grows if it is wrong. */
        private int boundOf(int count) {
            long left = end - position;
            long guess = left < Integer.BYTES ? 0 : 2L * count * Math.max(8, length(position));
            return (int) Math.min(left, guess); // at most the bytes left
        }

        private int length(int from) {
            if (end - from < Integer.BYTES) {
                throw new MalformedDataException("values end in the length of a byte array");
            }
            int length = LittleEndian.getInt(data, from);
            if (length < 0 || length > end - from - Integer.BYTES) {
                throw new MalformedDataException(
                        "a byte array of " + length + " bytes, " + (end - from - Integer.BYTES) + " are left");
            }
            return length;
        }

        @Override
        public void skip(int count) {
            for (int i = 0; i < count; i++) {
                position += Integer.BYTES + length(position);
            }
        }
    }

    /** Decodes BOOLEAN: one bit per value. */
    static final class Booleans extends PlainDecoder<boolean[]> {
        private long bit;

        @Override
        public void start(byte[] source, int from, int to, int count) {
            super.start(source, from, to, count);
            bit = from * 8L;
        }

        @Override
        public void read(boolean[] target, int offset, int count) {
            long from = bit;
            skip(count);
            for (int i = 0; i < count; i++, from++) {
                target[offset + i] = (data[(int) (from >>> 3)] >>> (from & 7) & 1) != 0; // an array index
            }
        }

        @Override
        public void skip(int count) {
            if (count > end * 8L - bit) {
                throw new MalformedDataException((end * 8L - bit) + " bits of values left, " + count + " needed");
            }
            bit += count;
        }
    }
}
