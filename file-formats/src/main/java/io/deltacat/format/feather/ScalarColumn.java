package io.deltacat.format.feather;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.convert.DecimalSetter;
import io.deltacat.format.convert.RealSetter;
import io.deltacat.format.convert.ValueConversions;
import io.deltacat.format.convert.WholeSetter;
import io.deltacat.format.parquet.codec.Float16;
import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.rowwise.NullValue;
import java.io.IOException;
import java.math.BigInteger;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.Field;

/** The columns whose values have one width. Confined to one thread. */
abstract class ScalarColumn extends ArrowColumn {
    private final int width;
    private byte[] values = {};

    private ScalarColumn(int width) {
        this.width = width;
    }

    @Override
    void loadValues(BatchBody body, int rowCount) throws IOException {
        values = sized(body.nextBuffer(), rowCount, width);
    }

    final byte[] values() {
        return values;
    }

    /** {@code null}: there is nothing to load. */
    static final class Nothing extends ScalarColumn {
        Nothing() {
            super(0);
        }

        @Override
        boolean hasValidity() {
            return false;
        }

        @Override
        void loadValues(BatchBody body, int rowCount) {
            requireModest(rowCount);
        }

        @Override
        void copy(int from, int count, ColumnVector target, int at) {
            for (int i = 0; i < count; i++) {
                NullValue.append(target, at + i);
            }
        }

        @Override
        void set(int row, ColumnVector target, int at) {}
    }

    static final class Bits extends ScalarColumn {
        Bits() {
            super(0);
        }

        @Override
        void loadValues(BatchBody body, int rowCount) throws IOException {
            super.loadValues(body, rowCount);
            sized(values(), (rowCount + 7L) / 8, 1);
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            ((BooleanVector) target).values()[at] = (values()[row >>> 3] & (1 << (row & 7))) != 0;
        }
    }

    static final class Whole extends ScalarColumn {
        private final int width;
        private final boolean signed;
        private final WholeSetter setter;

        Whole(int width, boolean signed, WholeSetter setter) {
            super(width);
            this.width = width;
            this.signed = signed;
            this.setter = setter;
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            setter.set(target, at, get(row));
        }

        long get(int row) {
            byte[] data = values();
            return switch (width) {
                case 1 -> signed ? data[row] : data[row] & 0xff;
                case 2 -> {
                    int value = (data[2 * row] & 0xff) | data[2 * row + 1] << 8;
                    yield signed ? value : value & 0xffff;
                }
                case 4 -> {
                    int value = LittleEndian.getInt(data, 4 * row);
                    yield signed ? value : value & 0xffffffffL;
                }
                default -> LittleEndian.getLong(data, 8 * row);
            };
        }
    }

    static final class Real extends ScalarColumn {
        private final FloatingPointPrecision precision;
        private final RealSetter setter;

        Real(FloatingPointPrecision precision, RealSetter setter) {
            super(
                    switch (precision) {
                        case HALF -> 2;
                        case SINGLE -> 4;
                        case DOUBLE -> 8;
                    });
            this.precision = precision;
            this.setter = setter;
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            byte[] data = values();
            double value = switch (precision) {
                case HALF -> Float16.toFloat((short) ((data[2 * row] & 0xff) | data[2 * row + 1] << 8));
                case SINGLE -> Float.intBitsToFloat(LittleEndian.getInt(data, 4 * row));
                case DOUBLE -> Double.longBitsToDouble(LittleEndian.getLong(data, 8 * row));
            };
            setter.set(target, at, value);
        }
    }

    static final class Decimals extends ScalarColumn {
        private final int width;
        private final DecimalSetter setter;
        private final byte[] bigEndian;

        Decimals(int width, DecimalSetter setter) {
            super(width);
            this.width = width;
            this.setter = setter;
            this.bigEndian = new byte[width];
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            byte[] data = values();
            for (int i = 0; i < width; i++) {
                bigEndian[i] = data[(row + 1) * width - 1 - i];
            }
            setter.set(target, at, new BigInteger(bigEndian));
        }
    }

    static final class FixedBytes extends ScalarColumn {
        private final int width;
        private final Field wanted;

        FixedBytes(int width, Field wanted) {
            super(width);
            this.width = width;
            this.wanted = wanted;
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            ValueConversions.requireLength(wanted, width);
            ((BytesVector) target).set(at, values(), row * width, width);
        }
    }
}
