package io.deltacat.format.feather;

import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.parquet.codec.Float16;
import org.apache.arrow.vector.types.FloatingPointPrecision;

/** The writers of columns without children. */
final class ScalarWriters {
    private ScalarWriters() {}

    static final class Nothing<R> extends ColumnWriter<R> {
        Nothing() {
            super(true);
        }

        @Override
        boolean hasValidity() {
            return false;
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            throw new MalformedArrowException("a value in a column of type null");
        }

        @Override
        void appendEmpty() {}

        @Override
        void flushValues(BatchWriter batch) {}

        @Override
        long valueBytes() {
            return 0;
        }
    }

    static final class Bits<R> extends ColumnWriter<R> {
        private final ArrowBuffer values = new ArrowBuffer();

        Bits(boolean nullable) {
            super(nullable);
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            values.putBit(rows(), accessor.getBoolean(row, column));
        }

        @Override
        void appendEmpty() {
            values.putBit(rows(), false);
        }

        @Override
        void flushValues(BatchWriter batch) {
            batch.buffer(values.data(), values.size());
            values.clear();
        }

        @Override
        long valueBytes() {
            return values.size();
        }
    }

    /** Values of one width in one buffer. */
    private abstract static class Fixed<R> extends ColumnWriter<R> {
        final ArrowBuffer values = new ArrowBuffer();
        final int width;

        Fixed(boolean nullable, int width) {
            super(nullable);
            this.width = width;
        }

        @Override
        void appendEmpty() {
            values.putZeros(width);
        }

        @Override
        void flushValues(BatchWriter batch) {
            batch.buffer(values.data(), values.size());
            values.clear();
        }

        @Override
        long valueBytes() {
            return values.size();
        }
    }

    static final class Whole<R> extends Fixed<R> {
        private final long min;
        private final long max;
        private final boolean asInt;

        Whole(boolean nullable, int width, long range, boolean asInt) {
            super(nullable, width);
            boolean unsigned = range < 0;
            this.max = unsigned ? ~range : range;
            this.min = unsigned ? 0 : -max - 1;
            this.asInt = asInt;
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            long value = asInt ? accessor.getInt(row, column) : accessor.getLong(row, column);
            if (value < min || value > max) {
                throw new MalformedArrowException("value " + value + " is not from " + min + " to " + max);
            }
            values.putLittleEndian(value, width);
        }
    }

    static final class Real<R> extends Fixed<R> {
        private final FloatingPointPrecision precision;

        Real(boolean nullable, FloatingPointPrecision precision) {
            super(
                    nullable,
                    switch (precision) {
                        case HALF -> 2;
                        case SINGLE -> 4;
                        case DOUBLE -> 8;
                    });
            this.precision = precision;
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            long bits = switch (precision) {
                case HALF -> Float16.fromFloat(accessor.getFloat(row, column));
                case SINGLE -> Float.floatToRawIntBits(accessor.getFloat(row, column));
                case DOUBLE -> Double.doubleToRawLongBits(accessor.getDouble(row, column));
            };
            values.putLittleEndian(bits, width);
        }
    }

    static final class Decimals<R> extends Fixed<R> {
        private final boolean asLong;

        Decimals(boolean nullable, int width, boolean asLong) {
            super(nullable, width);
            this.asLong = asLong;
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            if (asLong) {
                long value = accessor.getLong(row, column);
                values.putLittleEndian(value, Math.min(width, Long.BYTES));
                for (int i = Long.BYTES; i < width; i += Long.BYTES) {
                    values.putLittleEndian(value >> 63, Long.BYTES);
                }
                return;
            }
            byte[] value = accessor.getBytes(row, column);
            byte sign = (byte) (value.length > 0 && value[0] < 0 ? -1 : 0);
            for (int i = width; i < value.length; i++) {
                if (value[i - width] != sign) {
                    throw new MalformedArrowException("a decimal of " + value.length + " bytes, expected " + width);
                }
            }
            for (int i = 0; i < width; i++) {
                values.putLittleEndian(i < value.length ? value[value.length - 1 - i] : sign, 1);
            }
        }
    }

    static final class FixedBytes<R> extends Fixed<R> {
        FixedBytes(boolean nullable, int width) {
            super(nullable, width);
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            byte[] value = accessor.getBytes(row, column);
            if (value.length != width) {
                throw new MalformedArrowException(value.length + " bytes, expected " + width);
            }
            values.put(value, 0, width);
        }
    }

    static final class Bytes<R> extends ColumnWriter<R> {
        private final int offsetWidth;
        private final ArrowBuffer offsets = new ArrowBuffer();
        private final ArrowBuffer data = new ArrowBuffer();

        Bytes(boolean nullable, int offsetWidth) {
            super(nullable);
            this.offsetWidth = offsetWidth;
            offsets.putZeros(offsetWidth);
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            byte[] value = accessor.getBytes(row, column);
            data.put(value, 0, value.length);
            appendEmpty();
        }

        @Override
        void appendEmpty() {
            offsets.putLittleEndian(data.size(), offsetWidth);
        }

        @Override
        void flushValues(BatchWriter batch) {
            batch.buffer(offsets.data(), offsets.size());
            batch.buffer(data.data(), data.size());
            offsets.clear();
            offsets.putZeros(offsetWidth);
            data.clear();
        }

        @Override
        long valueBytes() {
            return offsets.size() + (long) data.size();
        }
    }
}
