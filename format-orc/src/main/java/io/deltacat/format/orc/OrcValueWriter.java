package io.deltacat.format.orc;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.schema.TimeUnits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.orc.storage.common.type.HiveDecimal;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/**
 * Puts the values of one column into a vector of ORC's library. Confined to one thread.
 *
 * @param <R> class of the rows
 */
@FunctionalInterface
interface OrcValueWriter<R> {

    /**
     * Sets a value that is not null.
     *
     * @param row the row
     * @param column index of the column in the row
     * @param target the vector
     * @param index where it goes
     * @throws IllegalArgumentException saying what is wrong with the value
     */
    void set(R row, int column, ColumnVector target, int index);

    /** Sets a value or a null. */
    static <R> void write(
            OrcValueWriter<R> writer, RowAccessor<R> rows, R row, int column, ColumnVector target, int index) {
        if (rows.isNullAt(row, column)) {
            target.noNulls = false;
            target.isNull[index] = true;
        } else {
            target.isNull[index] = false;
            writer.set(row, column, target, index);
        }
    }

    /**
     * Returns the writer of a column.
     *
     * @param field the column, of a type that ORC has
     * @param rows how to get its values
     * @param column index of the column in the rows; 0 for the elements of a list
     */
    static <R> OrcValueWriter<R> of(Field field, RowAccessor<R> rows, int column) {
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Bool ->
                (row, at, target, index) ->
                        ((LongColumnVector) target).vector[index] = rows.getBoolean(row, at) ? 1 : 0;
            case FloatingPoint ->
                VectorKind.of(field) == VectorKind.FLOAT
                        ? (row, at, target, index) ->
                                ((DoubleColumnVector) target).vector[index] = rows.getFloat(row, at)
                        : (row, at, target, index) ->
                                ((DoubleColumnVector) target).vector[index] = rows.getDouble(row, at);
            case Decimal -> decimal((ArrowType.Decimal) type, field, rows);
            case Utf8, LargeUtf8, Utf8View, Binary, LargeBinary, BinaryView, FixedSizeBinary -> bytes(type, rows);
            case Date ->
                ((ArrowType.Date) type).getUnit() == DateUnit.DAY
                        ? (row, at, target, index) -> ((LongColumnVector) target).vector[index] = rows.getInt(row, at)
                        : timestamp(TimeUnit.MILLISECOND, rows);
            case Timestamp -> timestamp(((ArrowType.Timestamp) type).getUnit(), rows);
            case List, LargeList, FixedSizeList -> list(field.getChildren().get(0), rows, rows.listAccessor(column));
            case Map -> map(field.getChildren().get(0).getChildren(), rows, rows.mapAccessor(column));
            case Struct -> struct(field.getChildren(), rows, rows.structAccessor(column));
            default ->
                VectorKind.of(field) == VectorKind.INT
                        ? (row, at, target, index) -> ((LongColumnVector) target).vector[index] = rows.getInt(row, at)
                        : (row, at, target, index) -> ((LongColumnVector) target).vector[index] = rows.getLong(row, at);
        };
    }

    private static <R> OrcValueWriter<R> decimal(ArrowType.Decimal type, Field field, RowAccessor<R> rows) {
        boolean isLong = VectorKind.of(field) == VectorKind.LONG;
        BigInteger limit = BigInteger.TEN.pow(type.getPrecision());
        return (row, at, target, index) -> {
            BigInteger unscaled =
                    isLong ? BigInteger.valueOf(rows.getLong(row, at)) : new BigInteger(rows.getBytes(row, at));
            if (unscaled.abs().compareTo(limit) >= 0) {
                throw new IllegalArgumentException(
                        "the unscaled value " + unscaled + " has more than " + type.getPrecision() + " digits");
            }
            ((DecimalColumnVector) target).set(index, HiveDecimal.create(new BigDecimal(unscaled, type.getScale())));
        };
    }

    private static <R> OrcValueWriter<R> bytes(ArrowType type, RowAccessor<R> rows) {
        int width = type instanceof ArrowType.FixedSizeBinary fixed ? fixed.getByteWidth() : -1;
        return (row, at, target, index) -> {
            byte[] value = rows.getBytes(row, at);
            if (width >= 0 && value.length != width) {
                throw new IllegalArgumentException("the value has " + value.length + " bytes, not " + width);
            }
            ((BytesColumnVector) target).setVal(index, value);
        };
    }

    private static <R> OrcValueWriter<R> timestamp(TimeUnit unit, RowAccessor<R> rows) {
        long perSecond = TimeUnits.perSecond(unit);
        long nanosPerUnit = TimeUnits.nanosPer(unit);
        return (row, at, target, index) -> {
            long value = rows.getLong(row, at);
            long second = Math.floorDiv(value, perSecond);
            long nanos = Math.floorMod(value, perSecond) * nanosPerUnit;
            if (Math.multiplyHigh(second, 1000L) != second * 1000L >> 63) {
                throw new IllegalArgumentException("the timestamp " + value + " is too far away for ORC");
            }
            TimestampColumnVector timestamps = (TimestampColumnVector) target;
            timestamps.time[index] = second * 1000L + nanos / 1_000_000;
            timestamps.nanos[index] = (int) nanos; // below 10^9
        };
    }

    private static <R> OrcValueWriter<R> list(Field element, RowAccessor<R> rows, ListAccessor lists) {
        OrcValueWriter<Object> elements = of(element, lists, 0);
        return (row, at, target, index) -> {
            ListColumnVector vector = (ListColumnVector) target;
            vector.offsets[index] = vector.childCount;
            vector.lengths[index] = appendAll(rows.getList(row, at), lists, elements, vector.child, vector.childCount);
            vector.childCount += (int) vector.lengths[index]; // an array's length
        };
    }

    private static <R> OrcValueWriter<R> map(List<Field> entry, RowAccessor<R> rows, MapAccessor maps) {
        OrcValueWriter<Object> keys = of(entry.get(0), maps.keyAccessor(), 0);
        OrcValueWriter<Object> values = of(entry.get(1), maps.valueAccessor(), 0);
        return (row, at, target, index) -> {
            MapColumnVector vector = (MapColumnVector) target;
            Object map = rows.getMap(row, at);
            vector.offsets[index] = vector.childCount;
            vector.lengths[index] = appendAll(maps.keys(map), maps.keyAccessor(), keys, vector.keys, vector.childCount);
            appendAll(maps.values(map), maps.valueAccessor(), values, vector.values, vector.childCount);
            vector.childCount += (int) vector.lengths[index]; // an array's length
        };
    }

    private static int appendAll(
            Object list, ListAccessor lists, OrcValueWriter<Object> elements, ColumnVector target, int start) {
        int size = lists.size(list);
        target.ensureSize(Math.addExact(start, size), true);
        for (int i = 0; i < size; i++) {
            write(elements, lists, list, i, target, start + i);
        }
        return size;
    }

    private static <R> OrcValueWriter<R> struct(List<Field> fields, RowAccessor<R> rows, RowAccessor<Object> structs) {
        List<OrcValueWriter<Object>> children = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            children.add(of(fields.get(i), structs, i));
        }
        return (row, at, target, index) -> {
            Object struct = rows.getStruct(row, at);
            ColumnVector[] vectors = ((StructColumnVector) target).fields;
            for (int i = 0; i < vectors.length; i++) {
                write(children.get(i), structs, struct, i, vectors[i], index);
            }
        };
    }
}
