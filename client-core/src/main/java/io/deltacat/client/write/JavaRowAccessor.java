package io.deltacat.client.write;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Gets typed values out of rows made of plain Java objects. Confined to one thread.
 *
 * @param <R> class of the rows
 */
abstract class JavaRowAccessor<R> implements RowAccessor<R> {
    abstract Field field(int column);

    /** The value of a column, null if it is null or absent. */
    abstract @Nullable Object find(R row, int column);

    /** Whether values of another class than the column's are converted. */
    boolean converts(int column) {
        return false;
    }

    private Object value(R row, int column) {
        Object value = find(row, column);
        if (value == null) {
            throw new IllegalStateException("column '" + field(column).getName() + "' was asked for a null value");
        }
        return converts(column) && !(value instanceof StoredDefault)
                ? ValueConversion.convert(field(column), value)
                : value;
    }

    @Override
    public final boolean isNullAt(R row, int column) {
        return find(row, column) == null;
    }

    @Override
    public final boolean getBoolean(R row, int column) {
        Object value = value(row, column);
        return value instanceof StoredDefault stored
                ? (Boolean) stored.value()
                : JavaValues.toBoolean(field(column), value);
    }

    @Override
    public final int getInt(R row, int column) {
        Object value = value(row, column);
        return value instanceof StoredDefault stored
                ? (Integer) stored.value()
                : JavaValues.toInt(field(column), value);
    }

    @Override
    public final long getLong(R row, int column) {
        Object value = value(row, column);
        return value instanceof StoredDefault stored ? (Long) stored.value() : JavaValues.toLong(field(column), value);
    }

    @Override
    public final float getFloat(R row, int column) {
        Object value = value(row, column);
        return value instanceof StoredDefault stored
                ? (Float) stored.value()
                : JavaValues.toFloat(field(column), value);
    }

    @Override
    public final double getDouble(R row, int column) {
        Object value = value(row, column);
        return value instanceof StoredDefault stored
                ? (Double) stored.value()
                : JavaValues.toDouble(field(column), value);
    }

    @Override
    public final byte[] getBytes(R row, int column) {
        Object value = value(row, column);
        return value instanceof StoredDefault stored
                ? (byte[]) stored.value()
                : JavaValues.toBytes(field(column), value);
    }

    @Override
    public final Object getStruct(R row, int column) {
        return JavaValues.toMap(field(column), value(row, column));
    }

    @Override
    @SuppressWarnings("unchecked") // getStruct hands out nothing but maps
    public final RowAccessor<Object> structAccessor(int column) {
        return (RowAccessor<Object>)
                (RowAccessor<?>) new MapRowAccessor(field(column).getChildren());
    }

    @Override
    public final Object getList(R row, int column) {
        return JavaValues.toList(field(column), value(row, column));
    }

    @Override
    public final ListAccessor listAccessor(int column) {
        return new Elements(field(column).getChildren().get(0));
    }

    @Override
    public final Object getMap(R row, int column) {
        return JavaValues.toMap(field(column), value(row, column));
    }

    @Override
    public final MapAccessor mapAccessor(int column) {
        List<Field> entry = field(column).getChildren().get(0).getChildren();
        return new Entries(new Elements(entry.get(0)), new Elements(entry.get(1)));
    }

    /** A list as a row of equal columns. */
    private static final class Elements extends JavaRowAccessor<Object> implements ListAccessor {
        private final Field element;

        private Elements(Field element) {
            this.element = element;
        }

        @Override
        Field field(int column) {
            return element;
        }

        @Override
        @Nullable
        Object find(Object list, int column) {
            return ((List<?>) list).get(column);
        }

        @Override
        public int size(Object list) {
            return ((List<?>) list).size();
        }
    }

    /** Keys and values of a map as two lists of the same order. */
    private record Entries(ListAccessor keyAccessor, ListAccessor valueAccessor) implements MapAccessor {
        @Override
        public Object keys(Object map) {
            return new ArrayList<>(((Map<?, ?>) map).keySet());
        }

        @Override
        public Object values(Object map) {
            return new ArrayList<>(((Map<?, ?>) map).values());
        }
    }
}
