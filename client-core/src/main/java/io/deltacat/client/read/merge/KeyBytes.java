package io.deltacat.client.read.merge;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes values of one row into a reused buffer. Two rows have equal bytes exactly if their values are equal, null being
 * equal to null. Confined to one thread.
 */
final class KeyBytes {
    private static final byte NULL = 1;
    private static final byte PRESENT = 0;
    /** Where the bytes of a text begin in a key of one column that is not null; a null is shorter. */
    static final int VALUE_OFFSET = 5;

    /** Big-endian, so that unsigned byte order is number order. */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[64];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Copies the key into an array, which is returned, or into a larger one if it is too small. */
    byte[] copyTo(byte[] target) {
        byte[] copy = target.length < length ? new byte[Math.max(length, target.length * 2)] : target;
        System.arraycopy(bytes, 0, copy, 0, length);
        return copy;
    }

    /** Starts an empty key. */
    void clear() {
        length = 0;
    }

    /** Makes a copy of these bytes the whole key. */
    void set(byte[] source, int start, int size) {
        length = 0;
        reserve(size);
        System.arraycopy(source, start, bytes, 0, size);
        length = size;
    }

    /** Appends the values of some columns of a row, so that equality of bytes is equality of values. */
    void append(ColumnBatch batch, int[] columns, int row) {
        for (int column : columns) {
            append(batch.column(column), row);
        }
    }

    private void append(ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            reserve(1);
            bytes[length++] = NULL;
            return;
        }
        if (vector instanceof BytesVector text) {
            int size = text.length(row);
            reserve(Math.addExact(size, 5));
            bytes[length++] = PRESENT;
            putInt(size);
            System.arraycopy(text.data(), text.start(row), bytes, length, size);
            length += size;
            return;
        }
        reserve(9);
        bytes[length++] = PRESENT;
        putLong(bits(vector, row));
    }

    /** The value of a fixed-width column as 64 bits; equal values have equal bits. */
    static long bits(ColumnVector vector, int row) {
        if (vector instanceof LongVector longs) {
            return longs.get(row);
        }
        if (vector instanceof IntVector ints) {
            return ints.get(row);
        }
        if (vector instanceof BooleanVector booleans) {
            return booleans.get(row) ? 1 : 0;
        }
        if (vector instanceof DoubleVector doubles) {
            return Double.doubleToLongBits(doubles.get(row));
        }
        if (vector instanceof FloatVector floats) {
            return Float.floatToIntBits(floats.get(row));
        }
        throw new MergeException("a column of vector "
                + vector.getClass().getSimpleName()
                + " cannot be a merge key or merge order; use columns of a flat type");
    }

    /** Appends one value so that unsigned byte order is value order; nulls sort last in either direction. */
    void appendOrdered(ColumnVector vector, int row, boolean descending) {
        if (vector.isNullAt(row)) {
            reserve(1);
            bytes[length++] = (byte) 0xff;
            return;
        }
        reserve(1);
        bytes[length++] = PRESENT;
        int start = length;
        if (vector instanceof BytesVector text) {
            appendTerminated(text.data(), text.start(row), text.length(row));
        } else {
            long bits = bits(vector, row);
            boolean floating = vector instanceof DoubleVector || vector instanceof FloatVector;
            if (vector instanceof FloatVector floats) {
                bits = Double.doubleToLongBits(floats.get(row));
            }
            // IEEE order becomes integer order by flipping the magnitude bits of negative numbers.
            long ordered = floating && bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
            reserve(8);
            putLong(ordered);
        }
        if (descending) {
            for (int i = start; i < length; i++) {
                bytes[i] = (byte) ~bytes[i];
            }
        }
    }

    /** Zero bytes are escaped and the value ends in two of them, so that no value is a prefix of another. */
    private void appendTerminated(byte[] source, int from, int size) {
        reserve(Math.addExact(Math.multiplyExact(size, 2), 2));
        for (int i = from; i < from + size; i++) {
            bytes[length++] = source[i];
            if (source[i] == 0) {
                bytes[length++] = (byte) 0xff;
            }
        }
        bytes[length++] = 0;
        bytes[length++] = 0;
    }

    private void putInt(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void putLong(long value) {
        LONGS.set(bytes, length, value);
        length += Long.BYTES;
    }

    private void reserve(int more) {
        int wanted = Math.addExact(length, more);
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(wanted, bytes.length * 2));
        }
    }
}
