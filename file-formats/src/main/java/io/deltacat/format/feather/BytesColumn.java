package io.deltacat.format.feather;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.convert.ValueConversions;
import io.deltacat.format.parquet.codec.LittleEndian;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;

/** The columns of strings and bytes of any length. Confined to one thread. */
abstract class BytesColumn extends ArrowColumn {
    private final Field wanted;

    private BytesColumn(Field wanted) {
        this.wanted = wanted;
    }

    final void set(ColumnVector target, int at, byte[] data, long start, long length) {
        if (start < 0 || length < 0 || start > data.length || length > data.length - start) {
            throw new MalformedArrowException(
                    "a value at " + start + " of " + length + " bytes, but the buffer has " + data.length);
        }
        ValueConversions.requireLength(wanted, (int) length);
        ((BytesVector) target).set(at, data, (int) start, (int) length); // both within an array
    }

    /** Values between 32-bit or 64-bit offsets. */
    static final class Offsets extends BytesColumn {
        private final int offsetWidth;
        private byte[] offsets = {};
        private byte[] data = {};

        Offsets(int offsetWidth, Field wanted) {
            super(wanted);
            this.offsetWidth = offsetWidth;
        }

        @Override
        void loadValues(BatchBody body, int rowCount) throws IOException {
            byte[] buffer = body.nextBuffer();
            offsets = rowCount == 0 ? buffer : sized(buffer, rowCount + 1L, offsetWidth);
            data = body.nextBuffer();
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            long start = offset(row);
            set(target, at, data, start, offset(row + 1) - start);
        }

        private long offset(int index) {
            return offsetWidth == Integer.BYTES
                    ? LittleEndian.getInt(offsets, index * Integer.BYTES)
                    : LittleEndian.getLong(offsets, index * Long.BYTES);
        }
    }

    /** Values in 16-byte views: short ones inside, long ones in one of several buffers. */
    static final class Views extends BytesColumn {
        private static final int VIEW_BYTES = 16;
        private static final int INLINE_BYTES = 12;

        private byte[] views = {};
        private byte[][] data = {};

        Views(Field wanted) {
            super(wanted);
        }

        @Override
        void loadValues(BatchBody body, int rowCount) throws IOException {
            int buffers = body.nextVariadicCount();
            views = sized(body.nextBuffer(), rowCount, VIEW_BYTES);
            data = new byte[buffers][];
            for (int i = 0; i < buffers; i++) {
                data[i] = body.nextBuffer();
            }
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            int view = row * VIEW_BYTES;
            int length = LittleEndian.getInt(views, view);
            if (length <= INLINE_BYTES) {
                set(target, at, views, view + (long) Integer.BYTES, length);
                return;
            }
            int buffer = LittleEndian.getInt(views, view + 8);
            if (buffer < 0 || buffer >= data.length) {
                throw new MalformedArrowException("a view into buffer " + buffer + " of " + data.length);
            }
            set(target, at, data[buffer], LittleEndian.getInt(views, view + 12), length);
        }
    }
}
