package io.deltacat.format.json;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Shows rows as readers of the JSON file will see them: numbers that are not finite are null. */
final class FiniteRows<R> implements RowAccessor<R> {
    private enum Kind {
        OTHER,
        FLOAT,
        DOUBLE
    }

    private final RowAccessor<R> rows;
    private final Kind[] kinds;

    FiniteRows(RowAccessor<R> rows, List<Field> fields) {
        this.rows = rows;
        this.kinds = fields.stream().map(FiniteRows::kind).toArray(Kind[]::new);
    }

    private static Kind kind(Field field) {
        if (!(field.getType() instanceof ArrowType.FloatingPoint floating)) {
            return Kind.OTHER;
        }
        return floating.getPrecision() == FloatingPointPrecision.DOUBLE ? Kind.DOUBLE : Kind.FLOAT;
    }

    @Override
    public boolean isNullAt(R row, int column) {
        return rows.isNullAt(row, column)
                || switch (kinds[column]) {
                    case OTHER -> false;
                    case FLOAT -> !Float.isFinite(rows.getFloat(row, column));
                    case DOUBLE -> !Double.isFinite(rows.getDouble(row, column));
                };
    }

    @Override
    public boolean getBoolean(R row, int column) {
        return rows.getBoolean(row, column);
    }

    @Override
    public int getInt(R row, int column) {
        return rows.getInt(row, column);
    }

    @Override
    public long getLong(R row, int column) {
        return rows.getLong(row, column);
    }

    @Override
    public float getFloat(R row, int column) {
        return rows.getFloat(row, column);
    }

    @Override
    public double getDouble(R row, int column) {
        return rows.getDouble(row, column);
    }

    @Override
    public byte[] getBytes(R row, int column) {
        return rows.getBytes(row, column);
    }

    @Override
    public Object getStruct(R row, int column) {
        return rows.getStruct(row, column);
    }

    @Override
    public RowAccessor<Object> structAccessor(int column) {
        return rows.structAccessor(column);
    }

    @Override
    public Object getList(R row, int column) {
        return rows.getList(row, column);
    }

    @Override
    public ListAccessor listAccessor(int column) {
        return rows.listAccessor(column);
    }

    @Override
    public Object getMap(R row, int column) {
        return rows.getMap(row, column);
    }

    @Override
    public MapAccessor mapAccessor(int column) {
        return rows.mapAccessor(column);
    }
}
