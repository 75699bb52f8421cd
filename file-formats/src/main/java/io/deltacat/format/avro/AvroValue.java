package io.deltacat.format.avro;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Encodes the values of one column or nested field, as {@link AvroSchemaText} declares them. Confined to one thread.
 *
 * @param <R> class of what holds the values: rows, structs or lists
 */
abstract class AvroValue<R> {
    private final boolean optional;
    private final boolean nothing;

    private AvroValue(Field field) {
        this.optional = isOptional(field);
        this.nothing = field.getType() instanceof ArrowType.Null;
    }

    static <R> AvroValue<R> of(Field field, RowAccessor<R> rows, int column) {
        List<Field> children = field.getChildren();
        return switch (VectorKind.of(field)) {
            case BOOLEAN -> new Flag<>(field);
            case FLOAT -> new Float32<>(field);
            case DOUBLE -> new Float64<>(field);
            case INT -> new Int<>(field);
            case LONG -> new Long64<>(field);
            case BYTES -> new Bytes<>(field);
            case LIST -> new Elements<>(field, rows.listAccessor(column), children.get(0));
            case MAP -> new Entries<>(field, rows.mapAccessor(column), children.get(0));
            case STRUCT -> new Members<>(field, rows.structAccessor(column), children);
        };
    }

    /** Returns whether a field is written as a union with null. */
    static boolean isOptional(Field field) {
        return field.isNullable() && !(field.getType() instanceof ArrowType.Null);
    }

    static boolean isUnsignedLong(ArrowType type) {
        return type instanceof ArrowType.Int integer && integer.getBitWidth() == 64 && !integer.getIsSigned();
    }

    /**
     * Encodes a value, null or not.
     *
     * @throws MalformedAvroException if a required value is null
     * @throws ArithmeticException if a timestamp in seconds does not fit into milliseconds
     */
    final void write(AvroOutput out, RowAccessor<R> rows, R row, int column) {
        boolean isNull = nothing || rows.isNullAt(row, column);
        if (optional) {
            out.writeLong(isNull ? 0 : 1);
        }
        if (!isNull) {
            writeValue(out, rows, row, column);
        } else if (!optional && !nothing) {
            throw new MalformedAvroException("null, but the field is required");
        }
    }

    abstract void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column);

    private static int multiplier(ArrowType type) {
        boolean seconds = (type instanceof ArrowType.Time time && time.getUnit() == TimeUnit.SECOND)
                || (type instanceof ArrowType.Timestamp timestamp && timestamp.getUnit() == TimeUnit.SECOND);
        return seconds ? 1000 : 1;
    }

    private static final class Flag<R> extends AvroValue<R> {
        Flag(Field field) {
            super(field);
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            out.writeBoolean(rows.getBoolean(row, column));
        }
    }

    private static final class Float32<R> extends AvroValue<R> {
        Float32(Field field) {
            super(field);
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            out.writeFloat(rows.getFloat(row, column));
        }
    }

    private static final class Float64<R> extends AvroValue<R> {
        Float64(Field field) {
            super(field);
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            out.writeDouble(rows.getDouble(row, column));
        }
    }

    private static final class Int<R> extends AvroValue<R> {
        private final int multiplier;

        Int(Field field) {
            super(field);
            this.multiplier = multiplier(field.getType());
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            out.writeLong(Math.multiplyExact(rows.getInt(row, column), multiplier));
        }
    }

    private static final class Long64<R> extends AvroValue<R> {
        private final int multiplier;
        private final boolean decimal;
        private final boolean unsigned;

        Long64(Field field) {
            super(field);
            this.multiplier = multiplier(field.getType());
            this.decimal = field.getType() instanceof ArrowType.Decimal;
            this.unsigned = isUnsignedLong(field.getType());
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            long value = rows.getLong(row, column);
            if (unsigned) {
                out.writeBytes(new BigInteger(Long.toUnsignedString(value)).toByteArray());
            } else if (decimal) {
                out.writeBytes(BigInteger.valueOf(value).toByteArray());
            } else {
                out.writeLong(Math.multiplyExact(value, multiplier));
            }
        }
    }

    /** Strings, bytes and large decimals, which all are their own encoding. */
    private static final class Bytes<R> extends AvroValue<R> {
        Bytes(Field field) {
            super(field);
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            out.writeBytes(rows.getBytes(row, column));
        }
    }

    private static final class Elements<R> extends AvroValue<R> {
        private final ListAccessor list;
        private final AvroValue<Object> element;

        Elements(Field field, ListAccessor list, Field element) {
            super(field);
            this.list = list;
            this.element = of(element, list, 0);
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            Object elements = rows.getList(row, column);
            int size = list.size(elements);
            if (size > 0) {
                out.writeLong(size);
                for (int i = 0; i < size; i++) {
                    element.write(out, list, elements, i);
                }
            }
            out.writeLong(0);
        }
    }

    private static final class Entries<R> extends AvroValue<R> {
        private final MapAccessor map;
        private final ListAccessor keys;
        private final ListAccessor values;
        private final AvroValue<Object> key;
        private final AvroValue<Object> value;

        Entries(Field field, MapAccessor map, Field entry) {
            super(field);
            this.map = map;
            this.keys = map.keyAccessor();
            this.values = map.valueAccessor();
            this.key = of(entry.getChildren().get(0), keys, 0);
            this.value = of(entry.getChildren().get(1), values, 0);
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            Object entries = rows.getMap(row, column);
            Object allKeys = map.keys(entries);
            Object allValues = map.values(entries);
            int size = keys.size(allKeys);
            if (size > 0) {
                out.writeLong(size);
                for (int i = 0; i < size; i++) {
                    key.write(out, keys, allKeys, i);
                    value.write(out, values, allValues, i);
                }
            }
            out.writeLong(0);
        }
    }

    private static final class Members<R> extends AvroValue<R> {
        private final RowAccessor<Object> members;
        private final List<AvroValue<Object>> values = new ArrayList<>();

        Members(Field field, RowAccessor<Object> members, List<Field> fields) {
            super(field);
            this.members = members;
            for (int i = 0; i < fields.size(); i++) {
                values.add(of(fields.get(i), members, i));
            }
        }

        @Override
        void writeValue(AvroOutput out, RowAccessor<R> rows, R row, int column) {
            Object struct = rows.getStruct(row, column);
            for (int i = 0; i < values.size(); i++) {
                values.get(i).write(out, members, struct, i);
            }
        }
    }
}
