package io.deltacat.format;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.List;

/**
 * Rows as lists of boxed values in the conventions of {@link io.deltacat.format.batch.VectorKind}: structs and lists as
 * lists, maps as a list of keys and a list of values.
 */
public final class ObjectRows implements ListAccessor, MapAccessor {

    /** The only accessor there needs to be. */
    public static final ObjectRows ACCESSOR = new ObjectRows();

    private ObjectRows() {}

    /** Returns the accessor typed for rows. */
    @SuppressWarnings("unchecked") // every method takes any object
    public static RowAccessor<List<Object>> rows() {
        return (RowAccessor<List<Object>>) (RowAccessor<?>) ACCESSOR;
    }

    private static Object at(Object row, int column) {
        return ((List<?>) row).get(column);
    }

    @Override
    public int size(Object list) {
        return ((List<?>) list).size();
    }

    @Override
    public boolean isNullAt(Object row, int column) {
        return at(row, column) == null;
    }

    @Override
    public boolean getBoolean(Object row, int column) {
        return (Boolean) at(row, column);
    }

    @Override
    public int getInt(Object row, int column) {
        return (Integer) at(row, column);
    }

    @Override
    public long getLong(Object row, int column) {
        return (Long) at(row, column);
    }

    @Override
    public float getFloat(Object row, int column) {
        return (Float) at(row, column);
    }

    @Override
    public double getDouble(Object row, int column) {
        return (Double) at(row, column);
    }

    @Override
    public byte[] getBytes(Object row, int column) {
        return (byte[]) at(row, column);
    }

    @Override
    public Object getStruct(Object row, int column) {
        return at(row, column);
    }

    @Override
    public RowAccessor<Object> structAccessor(int column) {
        return this;
    }

    @Override
    public Object getList(Object row, int column) {
        return at(row, column);
    }

    @Override
    public ListAccessor listAccessor(int column) {
        return this;
    }

    @Override
    public Object getMap(Object row, int column) {
        return at(row, column);
    }

    @Override
    public MapAccessor mapAccessor(int column) {
        return this;
    }

    @Override
    public Object keys(Object map) {
        return at(map, 0);
    }

    @Override
    public Object values(Object map) {
        return at(map, 1);
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
