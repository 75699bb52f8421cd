package io.deltacat.format.feather;

import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.rowwise.NullValue;
import java.io.IOException;
import org.apache.arrow.flatbuf.FieldNode;

/**
 * One column or nested field of the current record batch: its buffers, and how to copy rows into a vector of the wanted type.
 * Confined to one thread.
 */
abstract class ArrowColumn {
    private static final byte[] NO_BYTES = {};
    private static final int MAX_UNPROVEN_ROWS = 1 << 24;

    private byte[] validity = NO_BYTES;
    private int rows;

    /** Reads the buffers of the column from a batch. */
    final void load(BatchBody body) throws IOException {
        FieldNode node = body.nextNode();
        long length = node.length();
        if (length < 0 || length > Integer.MAX_VALUE - 16) {
            throw new MalformedArrowException("a column of " + length + " rows");
        }
        rows = (int) length;
        validity = NO_BYTES;
        if (hasValidity()) {
            byte[] bits = body.nextBuffer();
            if (node.nullCount() != 0 && bits.length > 0) {
                if (bits.length < (rows + 7L) / 8) {
                    throw new MalformedArrowException(bits.length + " validity bytes for " + rows + " rows");
                }
                validity = bits;
            }
        }
        loadValues(body, rows);
    }

    final int rows() {
        return rows;
    }

    final boolean isNull(int row) {
        return validity.length > 0 && (validity[row >>> 3] & (1 << (row & 7))) == 0;
    }

    /**
     * Copies rows into a vector.
     *
     * @param from first row of the batch
     * @param count number of rows
     * @param target the vector, of size {@code at}
     * @param at first row of the vector
     */
    void copy(int from, int count, ColumnVector target, int at) {
        if (from < 0 || count < 0 || count > rows - from) {
            throw new MalformedArrowException("rows " + from + " to " + ((long) from + count) + " of " + rows);
        }
        for (int i = 0; i < count; i++) {
            if (isNull(from + i)) {
                NullValue.append(target, at + i);
            } else {
                target.resize(at + i + 1);
                set(from + i, target, at + i);
            }
        }
    }

    boolean hasValidity() {
        return true;
    }

    abstract void loadValues(BatchBody body, int rowCount) throws IOException;

    /** Sets a row of the vector, which exists, from a row that is present. */
    abstract void set(int row, ColumnVector target, int at);

    /** Checks the number of rows that no buffer proves. */
    static void requireModest(int rowCount) {
        if (rowCount > MAX_UNPROVEN_ROWS) {
            throw new MalformedArrowException(rowCount + " rows without any buffer");
        }
    }

    /** Checks that a buffer holds so many values of a width. */
    static byte[] sized(byte[] buffer, long values, int width) {
        if (buffer.length < values * width) {
            throw new MalformedArrowException(buffer.length + " bytes for " + values + " values of " + width);
        }
        return buffer;
    }
}
