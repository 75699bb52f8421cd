package io.deltacat.format.stats;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Tells how many bytes a value takes in Arrow's buffers, validity bits of nested values left out. Immutable. */
abstract class ArrowSize<R> {
    private ArrowSize() {}

    /** Returns the bytes of a value that is not null. */
    abstract long of(R row, int column);

    /** Returns the bytes a null takes: offsets and fixed-width slots are there all the same. */
    abstract long ofNull();

    static <R> ArrowSize<R> of(Field field, RowAccessor<R> rows, int column) {
        List<Field> children = field.getChildren();
        return switch (VectorKind.of(field)) {
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE -> new Fixed<>(fixedWidth(field.getType()));
            case BYTES ->
                field.getType() instanceof ArrowType.Decimal || field.getType() instanceof ArrowType.FixedSizeBinary
                        ? new Fixed<>(fixedWidth(field.getType()))
                        : new Bytes<>(rows, offsetWidth(field.getType()));
            case LIST -> new Elements<>(rows, rows.listAccessor(column), children.get(0), field.getType());
            case MAP -> new Entries<>(rows, rows.mapAccessor(column), children.get(0));
            case STRUCT -> new Members<>(rows, rows.structAccessor(column), children);
        };
    }

    static boolean isText(ArrowType type) {
        return type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
    }

    /** Returns the bytes per value of the buffer that finds values of variable length. */
    static int offsetWidth(ArrowType type) {
        if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
            return 16;
        }
        return type instanceof ArrowType.LargeUtf8
                        || type instanceof ArrowType.LargeBinary
                        || type instanceof ArrowType.LargeList
                ? 8
                : 4;
    }

    /** Returns the bytes per value of a fixed-width type, 0 for booleans (bits) and null. */
    static int fixedWidth(ArrowType type) {
        return switch (type.getTypeID()) {
            case Int -> ((ArrowType.Int) type).getBitWidth() / 8;
            case FloatingPoint -> floatWidth(((ArrowType.FloatingPoint) type).getPrecision());
            case Decimal -> ((ArrowType.Decimal) type).getBitWidth() / 8;
            case Date -> ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? 4 : 8;
            case Time -> ((ArrowType.Time) type).getBitWidth() / 8;
            case Timestamp, Duration -> 8;
            case FixedSizeBinary -> ((ArrowType.FixedSizeBinary) type).getByteWidth();
            default -> 0;
        };
    }

    private static int floatWidth(FloatingPointPrecision precision) {
        return switch (precision) {
            case HALF -> 2;
            case SINGLE -> 4;
            case DOUBLE -> 8;
        };
    }

    private static final class Fixed<R> extends ArrowSize<R> {
        private final int width;

        Fixed(int width) {
            this.width = width;
        }

        @Override
        long of(R row, int column) {
            return width;
        }

        @Override
        long ofNull() {
            return width;
        }
    }

    private static final class Bytes<R> extends ArrowSize<R> {
        private final RowAccessor<R> rows;
        private final int offsetWidth;

        Bytes(RowAccessor<R> rows, int offsetWidth) {
            this.rows = rows;
            this.offsetWidth = offsetWidth;
        }

        @Override
        long of(R row, int column) {
            return offsetWidth + (long) rows.getBytes(row, column).length;
        }

        @Override
        long ofNull() {
            return offsetWidth;
        }
    }

    private static final class Elements<R> extends ArrowSize<R> {
        private final RowAccessor<R> rows;
        private final ListAccessor list;
        private final ArrowSize<Object> element;
        private final int offsetWidth;
        private final int fixedSize;

        Elements(RowAccessor<R> rows, ListAccessor list, Field element, ArrowType type) {
            this.rows = rows;
            this.list = list;
            this.element = of(element, list, 0);
            this.fixedSize = type instanceof ArrowType.FixedSizeList fixed ? fixed.getListSize() : 0;
            this.offsetWidth = type instanceof ArrowType.FixedSizeList ? 0 : offsetWidth(type);
        }

        @Override
        long of(R row, int column) {
            return offsetWidth + sum(list, element, rows.getList(row, column));
        }

        @Override
        long ofNull() {
            return offsetWidth + fixedSize * element.ofNull();
        }
    }

    private static final class Entries<R> extends ArrowSize<R> {
        private final RowAccessor<R> rows;
        private final MapAccessor map;
        private final ListAccessor keys;
        private final ListAccessor values;
        private final ArrowSize<Object> key;
        private final ArrowSize<Object> value;

        Entries(RowAccessor<R> rows, MapAccessor map, Field entry) {
            this.rows = rows;
            this.map = map;
            this.keys = map.keyAccessor();
            this.values = map.valueAccessor();
            this.key = of(entry.getChildren().get(0), keys, 0);
            this.value = of(entry.getChildren().get(1), values, 0);
        }

        @Override
        long of(R row, int column) {
            Object entries = rows.getMap(row, column);
            return Integer.BYTES + sum(keys, key, map.keys(entries)) + sum(values, value, map.values(entries));
        }

        @Override
        long ofNull() {
            return Integer.BYTES;
        }
    }

    private static final class Members<R> extends ArrowSize<R> {
        private final RowAccessor<R> rows;
        private final RowAccessor<Object> members;
        private final List<ArrowSize<Object>> sizes = new ArrayList<>();

        Members(RowAccessor<R> rows, RowAccessor<Object> members, List<Field> fields) {
            this.rows = rows;
            this.members = members;
            for (int i = 0; i < fields.size(); i++) {
                sizes.add(of(fields.get(i), members, i));
            }
        }

        @Override
        long of(R row, int column) {
            Object struct = rows.getStruct(row, column);
            long bytes = 0;
            for (int i = 0; i < sizes.size(); i++) {
                ArrowSize<Object> size = sizes.get(i);
                bytes += members.isNullAt(struct, i) ? size.ofNull() : size.of(struct, i);
            }
            return bytes;
        }

        @Override
        long ofNull() {
            long bytes = 0;
            for (ArrowSize<Object> size : sizes) {
                bytes += size.ofNull();
            }
            return bytes;
        }
    }

    private static long sum(ListAccessor list, ArrowSize<Object> size, Object elements) {
        long bytes = 0;
        for (int i = 0, n = list.size(elements); i < n; i++) {
            bytes += list.isNullAt(elements, i) ? size.ofNull() : size.of(elements, i);
        }
        return bytes;
    }
}
