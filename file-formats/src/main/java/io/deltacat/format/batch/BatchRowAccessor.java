package io.deltacat.format.batch;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;

/** Reads rows of batches, so that what was read from one file can be written to another. Stateless and thread-safe. */
public final class BatchRowAccessor implements RowAccessor<BatchRow> {
    private static final Nested NESTED = new Nested();

    /** Creates an accessor. */
    public BatchRowAccessor() {}

    @Override
    public boolean isNullAt(BatchRow row, int column) {
        return NESTED.isNullAt(row, column);
    }

    @Override
    public boolean getBoolean(BatchRow row, int column) {
        return NESTED.getBoolean(row, column);
    }

    @Override
    public int getInt(BatchRow row, int column) {
        return NESTED.getInt(row, column);
    }

    @Override
    public long getLong(BatchRow row, int column) {
        return NESTED.getLong(row, column);
    }

    @Override
    public float getFloat(BatchRow row, int column) {
        return NESTED.getFloat(row, column);
    }

    @Override
    public double getDouble(BatchRow row, int column) {
        return NESTED.getDouble(row, column);
    }

    @Override
    public byte[] getBytes(BatchRow row, int column) {
        return NESTED.getBytes(row, column);
    }

    @Override
    public Object getStruct(BatchRow row, int column) {
        return NESTED.getStruct(row, column);
    }

    @Override
    public RowAccessor<Object> structAccessor(int column) {
        return NESTED;
    }

    @Override
    public Object getList(BatchRow row, int column) {
        return NESTED.getList(row, column);
    }

    @Override
    public ListAccessor listAccessor(int column) {
        return NESTED;
    }

    @Override
    public Object getMap(BatchRow row, int column) {
        return NESTED.getMap(row, column);
    }

    @Override
    public MapAccessor mapAccessor(int column) {
        return NESTED;
    }

    /** Reads anything that is read by column index, at any depth; vectors know their own types. */
    private static final class Nested implements ListAccessor, MapAccessor {
        @Override
        public boolean isNullAt(Object row, int column) {
            VectorRow values = (VectorRow) row;
            return values.vector(column).isNullAt(values.index(column));
        }

        @Override
        public boolean getBoolean(Object row, int column) {
            VectorRow values = (VectorRow) row;
            return ((BooleanVector) values.vector(column)).get(values.index(column));
        }

        @Override
        public int getInt(Object row, int column) {
            VectorRow values = (VectorRow) row;
            return ((IntVector) values.vector(column)).get(values.index(column));
        }

        @Override
        public long getLong(Object row, int column) {
            VectorRow values = (VectorRow) row;
            return ((LongVector) values.vector(column)).get(values.index(column));
        }

        @Override
        public float getFloat(Object row, int column) {
            VectorRow values = (VectorRow) row;
            return ((FloatVector) values.vector(column)).get(values.index(column));
        }

        @Override
        public double getDouble(Object row, int column) {
            VectorRow values = (VectorRow) row;
            return ((DoubleVector) values.vector(column)).get(values.index(column));
        }

        @Override
        public byte[] getBytes(Object row, int column) {
            VectorRow values = (VectorRow) row;
            return ((BytesVector) values.vector(column)).copy(values.index(column));
        }

        @Override
        public Object getStruct(Object row, int column) {
            VectorRow values = (VectorRow) row;
            return new VectorRow.Struct((StructVector) values.vector(column), values.index(column));
        }

        @Override
        public RowAccessor<Object> structAccessor(int column) {
            return this;
        }

        @Override
        public Object getList(Object row, int column) {
            VectorRow values = (VectorRow) row;
            ListVector lists = (ListVector) values.vector(column);
            int index = values.index(column);
            return new VectorRow.Elements(lists.elements(), lists.start(index), lists.length(index));
        }

        @Override
        public ListAccessor listAccessor(int column) {
            return this;
        }

        @Override
        public int size(Object list) {
            return ((VectorRow.Elements) list).length();
        }

        @Override
        public Object getMap(Object row, int column) {
            VectorRow values = (VectorRow) row;
            MapVector maps = (MapVector) values.vector(column);
            int index = values.index(column);
            return new VectorRow.Entries(
                    new VectorRow.Elements(maps.keys(), maps.start(index), maps.length(index)),
                    new VectorRow.Elements(maps.values(), maps.start(index), maps.length(index)));
        }

        @Override
        public MapAccessor mapAccessor(int column) {
            return this;
        }

        @Override
        public Object keys(Object map) {
            return ((VectorRow.Entries) map).keys();
        }

        @Override
        public Object values(Object map) {
            return ((VectorRow.Entries) map).values();
        }

        @Override
        public ListAccessor keyAccessor() {
            return this;
        }

        @Override
        public ListAccessor valueAccessor() {
            return this;
        }
    }
}
