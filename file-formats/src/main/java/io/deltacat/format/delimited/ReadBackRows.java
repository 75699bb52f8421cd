package io.deltacat.format.delimited;

import io.deltacat.format.file.RowAccessor;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Shows rows as readers of the delimited file will see them, so that statistics never prune a row that a scan would find:
 * null text is empty, or empty text null, and NaN is null where the dialect makes it so.
 */
final class ReadBackRows<R> implements RowAccessor<R> {
    private enum Change {
        NONE,
        NULL_IS_EMPTY,
        EMPTY_IS_NULL,
        FLOAT_NAN_IS_NULL,
        DOUBLE_NAN_IS_NULL
    }

    private static final byte[] EMPTY = {};

    private final RowAccessor<R> rows;
    private final Change[] changes;

    ReadBackRows(RowAccessor<R> rows, List<Field> fields, Dialect dialect) {
        this.rows = rows;
        this.changes = fields.stream().map(field -> change(field, dialect)).toArray(Change[]::new);
    }

    private static Change change(Field field, Dialect dialect) {
        if (!field.isNullable() || field.getType() instanceof ArrowType.FixedSizeBinary) {
            return Change.NONE;
        }
        if (CellReader.isText(field)) {
            return dialect.quoted() ? Change.NULL_IS_EMPTY : Change.EMPTY_IS_NULL;
        }
        if (dialect.quoted() && field.getType() instanceof ArrowType.FloatingPoint floating) {
            return floating.getPrecision() == FloatingPointPrecision.DOUBLE
                    ? Change.DOUBLE_NAN_IS_NULL
                    : Change.FLOAT_NAN_IS_NULL;
        }
        return Change.NONE;
    }

    @Override
    public boolean isNullAt(R row, int column) {
        boolean isNull = rows.isNullAt(row, column);
        return switch (changes[column]) {
            case NONE -> isNull;
            case NULL_IS_EMPTY -> false;
            case EMPTY_IS_NULL -> isNull || rows.getBytes(row, column).length == 0;
            case FLOAT_NAN_IS_NULL -> isNull || Float.isNaN(rows.getFloat(row, column));
            case DOUBLE_NAN_IS_NULL -> isNull || Double.isNaN(rows.getDouble(row, column));
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
        return changes[column] == Change.NULL_IS_EMPTY && rows.isNullAt(row, column)
                ? EMPTY
                : rows.getBytes(row, column);
    }
}
