package io.deltacat.format.feather;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.parquet.codec.Float16;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes the writers of columns by type. Thread-safe. */
final class ColumnWriters {
    private ColumnWriters() {}

    /** Returns a schema as it is stored: views as plain values, without dictionaries. */
    static Schema stored(Schema schema) {
        return new Schema(schema.getFields().stream().map(ColumnWriters::stored).toList(), schema.getCustomMetadata());
    }

    private static Field stored(Field field) {
        ArrowType type = switch (field.getType().getTypeID()) {
            case Utf8View -> ArrowType.Utf8.INSTANCE;
            case BinaryView -> ArrowType.Binary.INSTANCE;
            default -> field.getType();
        };
        return new Field(
                field.getName(),
                new FieldType(field.isNullable(), type, null, field.getMetadata()),
                field.getChildren().stream().map(ColumnWriters::stored).toList());
    }

    static <R> ColumnWriter<R> of(Field field, RowAccessor<R> rows, int column) {
        ArrowType type = field.getType();
        boolean nullable = field.isNullable();
        List<Field> children = field.getChildren();
        return switch (VectorKind.of(field)) {
            case BOOLEAN -> new Bits<>(nullable);
            case INT ->
                type instanceof ArrowType.Null
                        ? new Nothing<>()
                        : new Whole<>(nullable, width(type), range(type), true);
            case LONG ->
                type instanceof ArrowType.Decimal decimal
                        ? new Decimals<>(nullable, decimal.getBitWidth() / 8, true)
                        : new Whole<>(nullable, width(type), range(type), false);
            case FLOAT, DOUBLE -> new Real<>(nullable, ((ArrowType.FloatingPoint) type).getPrecision());
            case BYTES -> bytes(type, nullable);
            case LIST -> list(field, rows.listAccessor(column), children.get(0));
            case MAP -> new Maps<>(nullable, rows.mapAccessor(column), children.get(0));
            case STRUCT -> new Structs<>(nullable, rows.structAccessor(column), children);
        };
    }

    private static <R> ColumnWriter<R> bytes(ArrowType type, boolean nullable) {
        if (type instanceof ArrowType.Decimal decimal) {
            return new Decimals<>(nullable, decimal.getBitWidth() / 8, false);
        }
        if (type instanceof ArrowType.FixedSizeBinary fixed) {
            return new FixedBytes<>(nullable, fixed.getByteWidth());
        }
        boolean large = type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary;
        return new Bytes<>(nullable, large ? Long.BYTES : Integer.BYTES);
    }

    private static <R> ColumnWriter<R> list(Field field, ListAccessor list, Field element) {
        if (field.getType() instanceof ArrowType.FixedSizeList fixed) {
            return new Lists<>(field.isNullable(), list, element, 0, fixed.getListSize());
        }
        boolean large = field.getType() instanceof ArrowType.LargeList;
        return new Lists<>(field.isNullable(), list, element, large ? Long.BYTES : Integer.BYTES, -1);
    }

    private static int width(ArrowType type) {
        return switch (type.getTypeID()) {
            case Int -> ((ArrowType.Int) type).getBitWidth() / 8;
            case Date -> ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? 4 : 8;
            case Time -> ((ArrowType.Time) type).getBitWidth() / 8;
            default -> 8;
        };
    }

    /** Returns the largest value of an integer type narrower than its vector, the smallest following from the sign. */
    private static long range(ArrowType type) {
        if (!(type instanceof ArrowType.Int integer) || integer.getBitWidth() == 64) {
            return Long.MAX_VALUE;
        }
        long max = (1L << (integer.getBitWidth() - (integer.getIsSigned() ? 1 : 0))) - 1;
        return integer.getIsSigned() ? max : ~max;
    }

    private static final class Nothing<R> extends ColumnWriter<R> {
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

    private static final class Bits<R> extends ColumnWriter<R> {
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

    private static final class Whole<R> extends Fixed<R> {
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

    private static final class Real<R> extends Fixed<R> {
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

    private static final class Decimals<R> extends Fixed<R> {
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

    private static final class FixedBytes<R> extends Fixed<R> {
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

    private static final class Bytes<R> extends ColumnWriter<R> {
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

    /** Lists of any or of a fixed size; the latter have no offsets. */
    private static final class Lists<R> extends ColumnWriter<R> {
        private final ListAccessor list;
        private final ColumnWriter<Object> element;
        private final int offsetWidth;
        private final int fixedSize;
        private final ArrowBuffer offsets = new ArrowBuffer();

        Lists(boolean nullable, ListAccessor list, Field element, int offsetWidth, int fixedSize) {
            super(nullable);
            this.list = list;
            this.element = of(element, list, 0);
            this.offsetWidth = offsetWidth;
            this.fixedSize = fixedSize;
            offsets.putZeros(offsetWidth);
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            Object elements = accessor.getList(row, column);
            int size = list.size(elements);
            if (fixedSize >= 0 && size != fixedSize) {
                throw new MalformedArrowException(size + " elements, expected " + fixedSize);
            }
            for (int i = 0; i < size; i++) {
                element.append(list, elements, i);
            }
            offsets.putLittleEndian(element.rows(), offsetWidth);
        }

        @Override
        void appendEmpty() {
            for (int i = 0; i < fixedSize; i++) {
                element.appendNull();
            }
            offsets.putLittleEndian(element.rows(), offsetWidth);
        }

        @Override
        void flushValues(BatchWriter batch) {
            if (fixedSize < 0) {
                batch.buffer(offsets.data(), offsets.size());
            }
            offsets.clear();
            offsets.putZeros(offsetWidth);
            element.flush(batch);
        }

        @Override
        long valueBytes() {
            return offsets.size() + element.bytes();
        }
    }

    private static final class Maps<R> extends ColumnWriter<R> {
        private final MapAccessor map;
        private final ListAccessor keys;
        private final ListAccessor values;
        private final ColumnWriter<Object> key;
        private final ColumnWriter<Object> value;
        private final ArrowBuffer offsets = new ArrowBuffer();

        Maps(boolean nullable, MapAccessor map, Field entry) {
            super(nullable);
            this.map = map;
            this.keys = map.keyAccessor();
            this.values = map.valueAccessor();
            this.key = of(entry.getChildren().get(0), keys, 0);
            this.value = of(entry.getChildren().get(1), values, 0);
            offsets.putZeros(Integer.BYTES);
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            Object entries = accessor.getMap(row, column);
            Object allKeys = map.keys(entries);
            Object allValues = map.values(entries);
            for (int i = 0, size = keys.size(allKeys); i < size; i++) {
                if (keys.isNullAt(allKeys, i)) {
                    throw new MalformedArrowException("the key of a map is null");
                }
                key.append(keys, allKeys, i);
                value.append(values, allValues, i);
            }
            appendEmpty();
        }

        @Override
        void appendEmpty() {
            offsets.putLittleEndian(key.rows(), Integer.BYTES);
        }

        @Override
        void flushValues(BatchWriter batch) {
            batch.buffer(offsets.data(), offsets.size());
            offsets.clear();
            offsets.putZeros(Integer.BYTES);
            batch.node(key.rows(), 0); // the entries are structs that are never null
            batch.buffer(offsets.data(), 0);
            key.flush(batch);
            value.flush(batch);
        }

        @Override
        long valueBytes() {
            return offsets.size() + key.bytes() + value.bytes();
        }
    }

    private static final class Structs<R> extends ColumnWriter<R> {
        private final RowAccessor<Object> members;
        private final List<ColumnWriter<Object>> children = new ArrayList<>();

        Structs(boolean nullable, RowAccessor<Object> members, List<Field> fields) {
            super(nullable);
            this.members = members;
            for (int i = 0; i < fields.size(); i++) {
                children.add(of(fields.get(i), members, i));
            }
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            Object struct = accessor.getStruct(row, column);
            for (int i = 0; i < children.size(); i++) {
                children.get(i).append(members, struct, i);
            }
        }

        @Override
        void appendEmpty() {
            for (ColumnWriter<Object> child : children) {
                child.appendNull();
            }
        }

        @Override
        void flushValues(BatchWriter batch) {
            for (ColumnWriter<Object> child : children) {
                child.flush(batch);
            }
        }

        @Override
        long valueBytes() {
            long bytes = 0;
            for (ColumnWriter<Object> child : children) {
                bytes += child.bytes();
            }
            return bytes;
        }
    }
}
