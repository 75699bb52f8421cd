package io.deltacat.flink.types;

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
import org.apache.arrow.vector.types.pojo.Schema;

/** Fills column batches from rows through an accessor, as a file written and read back would, but in memory. */
final class BatchFixture {

    private BatchFixture() {}

    static <R> ColumnBatch batchOf(Schema schema, RowAccessor<R> accessor, List<R> rows) {
        ColumnBatch batch = new ColumnBatch(schema);
        for (int column = 0; column < batch.columnCount(); column++) {
            fill(batch.column(column), accessor, rows, column);
        }
        batch.setSize(rows.size());
        return batch;
    }

    private static <R> void fill(ColumnVector vector, RowAccessor<R> accessor, List<R> rows, int column) {
        vector.reset(rows.size());
        if (vector instanceof ListVector list) {
            fillList(list, accessor, rows, column);
        } else if (vector instanceof MapVector map) {
            fillMap(map, accessor, rows, column);
        } else if (vector instanceof StructVector struct) {
            fillStruct(struct, accessor, rows, column);
        } else {
            for (int row = 0; row < rows.size(); row++) {
                boolean present = !accessor.isNullAt(rows.get(row), column);
                if (!present) {
                    vector.setNull(row);
                }
                set(vector, row, present, accessor, rows.get(row), column);
            }
        }
    }

    private static <R> void set(
            ColumnVector vector, int row, boolean present, RowAccessor<R> accessor, R value, int column) {
        if (vector instanceof BytesVector bytes) {
            byte[] content = present ? accessor.getBytes(value, column) : new byte[0];
            bytes.set(row, content, 0, content.length);
        } else if (!present) {
            return;
        } else if (vector instanceof BooleanVector booleans) {
            booleans.values()[row] = accessor.getBoolean(value, column);
        } else if (vector instanceof IntVector ints) {
            ints.values()[row] = accessor.getInt(value, column);
        } else if (vector instanceof LongVector longs) {
            longs.values()[row] = accessor.getLong(value, column);
        } else if (vector instanceof FloatVector floats) {
            floats.values()[row] = accessor.getFloat(value, column);
        } else if (vector instanceof DoubleVector doubles) {
            doubles.values()[row] = accessor.getDouble(value, column);
        } else {
            throw new IllegalStateException(vector.getClass().getName());
        }
    }

    private static <R> void fillStruct(StructVector vector, RowAccessor<R> accessor, List<R> rows, int column) {
        List<Object> structs = new ArrayList<>();
        RowAccessor<Object> inner = accessor.structAccessor(column);
        Object filler = null;
        for (R row : rows) {
            boolean present = !accessor.isNullAt(row, column);
            if (!present) {
                vector.setNull(structs.size());
            } else if (filler == null) {
                filler = accessor.getStruct(row, column);
            }
            structs.add(present ? accessor.getStruct(row, column) : null);
        }
        // Children of a null struct are undefined: any struct's values may stand there.
        Object undefined = filler;
        structs.replaceAll(struct -> struct == null ? undefined : struct);
        for (int child = 0; child < vector.childCount() && undefined != null; child++) {
            fill(vector.child(child), inner, structs, child);
        }
    }

    private static <R> void fillList(ListVector vector, RowAccessor<R> accessor, List<R> rows, int column) {
        ListAccessor inner = accessor.listAccessor(column);
        List<Object> lists = new ArrayList<>();
        for (R row : rows) {
            lists.add(accessor.isNullAt(row, column) ? null : accessor.getList(row, column));
        }
        fillElements(vector, vector.offsets(), vector.elements(), inner, lists);
    }

    private static <R> void fillMap(MapVector vector, RowAccessor<R> accessor, List<R> rows, int column) {
        MapAccessor inner = accessor.mapAccessor(column);
        List<Object> keys = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (R row : rows) {
            boolean present = !accessor.isNullAt(row, column);
            keys.add(present ? inner.keys(accessor.getMap(row, column)) : null);
            values.add(present ? inner.values(accessor.getMap(row, column)) : null);
        }
        fillElements(vector, vector.offsets(), vector.keys(), inner.keyAccessor(), keys);
        fillElements(vector, vector.offsets(), vector.values(), inner.valueAccessor(), values);
    }

    private static void fillElements(
            ColumnVector parent, int[] offsets, ColumnVector elements, ListAccessor accessor, List<Object> lists) {
        record Element(Object list, int position) {}
        List<Element> all = new ArrayList<>();
        for (int row = 0; row < lists.size(); row++) {
            offsets[row] = all.size();
            if (lists.get(row) == null) {
                parent.setNull(row);
            } else {
                for (int i = 0; i < accessor.size(lists.get(row)); i++) {
                    all.add(new Element(lists.get(row), i));
                }
            }
            offsets[row + 1] = all.size();
        }
        fill(elements, new ElementAccessor<>(accessor, Element::list, Element::position), all, 0);
    }

    /** Reads one element of a list as if it were a row of one column. */
    private record ElementAccessor<E>(
            ListAccessor lists,
            java.util.function.Function<E, Object> list,
            java.util.function.ToIntFunction<E> position)
            implements RowAccessor<E> {

        @Override
        public boolean isNullAt(E row, int column) {
            return lists.isNullAt(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public boolean getBoolean(E row, int column) {
            return lists.getBoolean(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public int getInt(E row, int column) {
            return lists.getInt(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public long getLong(E row, int column) {
            return lists.getLong(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public float getFloat(E row, int column) {
            return lists.getFloat(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public double getDouble(E row, int column) {
            return lists.getDouble(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public byte[] getBytes(E row, int column) {
            return lists.getBytes(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public Object getStruct(E row, int column) {
            return lists.getStruct(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public RowAccessor<Object> structAccessor(int column) {
            return lists.structAccessor(0);
        }

        @Override
        public Object getList(E row, int column) {
            return lists.getList(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public ListAccessor listAccessor(int column) {
            return lists.listAccessor(0);
        }

        @Override
        public Object getMap(E row, int column) {
            return lists.getMap(list.apply(row), position.applyAsInt(row));
        }

        @Override
        public MapAccessor mapAccessor(int column) {
            return lists.mapAccessor(0);
        }
    }
}
