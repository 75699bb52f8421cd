package io.deltacat.client.write;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Copies rows of any class into a growing batch. Confined to one thread.
 *
 * @param <R> class of the rows
 */
final class RowBuffer<R> {
    private final RowAccessor<R> rows;
    private final ColumnBatch batch;
    private final List<Column<R>> columns = new ArrayList<>();
    private final List<Field> fields;

    /** Copies one value of a row to the end of its vector. */
    private interface Column<R> {
        void append(R row, int column, int index);
    }

    RowBuffer(Schema schema, RowAccessor<R> rows) {
        this.rows = rows;
        this.batch = new ColumnBatch(schema);
        this.fields = schema.getFields();
        for (int column = 0; column < fields.size(); column++) {
            columns.add(column(batch.column(column), rows, column));
        }
        clear();
    }

    /** Returns the rows so far. */
    ColumnBatch batch() {
        return batch;
    }

    /** Forgets the rows and keeps the memory. */
    void clear() {
        batch.setSize(0);
        for (int column = 0; column < batch.columnCount(); column++) {
            reset(batch.column(column));
        }
    }

    void append(R row) {
        int index = batch.size();
        for (int column = 0; column < fields.size(); column++) {
            boolean isNull = rows.isNullAt(row, column);
            Field field = fields.get(column);
            if (isNull && !field.isNullable()) {
                throw new FormatException.InvalidRow(
                        "rows to be sorted", field.getName(), index, "the value is null, but the column is required");
            }
            try {
                appendOne(batch.column(column), columns.get(column), rows, row, column, index);
            } catch (InvalidValue e) {
                throw new FormatException.InvalidRow(
                        "rows to be sorted", e.column(), index, String.valueOf(e.getMessage()));
            }
        }
        batch.setSize(index + 1);
    }

    private static <T> void appendOne(
            ColumnVector vector, Column<T> column, RowAccessor<T> rows, T row, int from, int index) {
        if (rows.isNullAt(row, from)) {
            appendNull(vector, index);
        } else {
            vector.resize(index + 1);
            column.append(row, from, index);
        }
    }

    private static void appendNull(ColumnVector vector, int index) {
        vector.resize(index + 1);
        if (vector instanceof BytesVector bytes) {
            bytes.set(index, new byte[0], 0, 0);
        } else if (vector instanceof ListVector lists) {
            lists.offsets()[index + 1] = lists.offsets()[index];
        } else if (vector instanceof MapVector maps) {
            maps.offsets()[index + 1] = maps.offsets()[index];
        } else if (vector instanceof StructVector struct) {
            for (int child = 0; child < struct.childCount(); child++) {
                appendNull(struct.child(child), index);
            }
        }
        vector.setNull(index);
    }

    private static void reset(ColumnVector vector) {
        if (vector instanceof BytesVector bytes) {
            bytes.usePlain();
        } else if (vector instanceof ListVector lists) {
            reset(lists.elements());
        } else if (vector instanceof MapVector maps) {
            reset(maps.keys());
            reset(maps.values());
        } else if (vector instanceof StructVector struct) {
            for (int child = 0; child < struct.childCount(); child++) {
                reset(struct.child(child));
            }
        }
        vector.reset(0);
    }

    private static <T> Column<T> column(ColumnVector vector, RowAccessor<T> rows, int index) {
        if (vector instanceof LongVector longs) {
            return (row, column, at) -> longs.values()[at] = rows.getLong(row, column);
        }
        if (vector instanceof IntVector ints) {
            return (row, column, at) -> ints.values()[at] = rows.getInt(row, column);
        }
        if (vector instanceof BytesVector bytes) {
            return (row, column, at) -> {
                byte[] value = rows.getBytes(row, column);
                bytes.set(at, value, 0, value.length);
            };
        }
        if (vector instanceof DoubleVector doubles) {
            return (row, column, at) -> doubles.values()[at] = rows.getDouble(row, column);
        }
        if (vector instanceof FloatVector floats) {
            return (row, column, at) -> floats.values()[at] = rows.getFloat(row, column);
        }
        if (vector instanceof BooleanVector booleans) {
            return (row, column, at) -> booleans.values()[at] = rows.getBoolean(row, column);
        }
        return nested(vector, rows, index);
    }

    private static <T> Column<T> nested(ColumnVector vector, RowAccessor<T> rows, int index) {
        if (vector instanceof StructVector struct) {
            RowAccessor<Object> fields = rows.structAccessor(index);
            List<Column<Object>> children = new ArrayList<>();
            for (int child = 0; child < struct.childCount(); child++) {
                children.add(column(struct.child(child), fields, child));
            }
            return (row, column, at) -> {
                Object value = rows.getStruct(row, column);
                for (int child = 0; child < children.size(); child++) {
                    appendOne(struct.child(child), children.get(child), fields, value, child, at);
                }
            };
        }
        if (vector instanceof ListVector lists) {
            ListAccessor elements = rows.listAccessor(index);
            Column<Object> element = column(lists.elements(), elements, 0);
            return (row, column, at) ->
                    lists.offsets()[at + 1] = appendAll(lists.elements(), element, elements, rows.getList(row, column));
        }
        MapVector maps = (MapVector) vector;
        MapAccessor entries = rows.mapAccessor(index);
        Column<Object> key = column(maps.keys(), entries.keyAccessor(), 0);
        Column<Object> value = column(maps.values(), entries.valueAccessor(), 0);
        return (row, column, at) -> {
            Object map = rows.getMap(row, column);
            appendAll(maps.keys(), key, entries.keyAccessor(), entries.keys(map));
            maps.offsets()[at + 1] = appendAll(maps.values(), value, entries.valueAccessor(), entries.values(map));
        };
    }

    /** Appends the elements of a list and returns where they end. */
    private static int appendAll(ColumnVector vector, Column<Object> column, ListAccessor elements, Object list) {
        int start = vector.size();
        int count = elements.size(list);
        for (int i = 0; i < count; i++) {
            appendOne(vector, column, elements, list, i, start + i);
        }
        return start + count;
    }
}
