package io.deltacat.format.rowwise;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.schema.DefaultValues;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * The value of a column in rows that do not have it: its past default, else null (protocol/data-plane.md §2.4). Immutable.
 */
public final class DefaultValue {
    private final @Nullable Object value;

    private DefaultValue(@Nullable Object value) {
        this.value = value;
    }

    /**
     * Returns the default of a column.
     *
     * @param field the column
     * @throws io.deltacat.format.FormatException.InvalidSchema if the default is not a value of the column's type
     */
    public static DefaultValue of(Field field) {
        return new DefaultValue(DefaultValues.pastDefault(field).orElse(null));
    }

    /**
     * Grows a vector by the default.
     *
     * @param vector vector of the column, of size {@code row}
     * @param row index of the new row
     */
    public void append(ColumnVector vector, int row) {
        if (value == null) {
            NullValue.append(vector, row);
            return;
        }
        vector.resize(row + 1);
        if (vector instanceof BooleanVector booleans) {
            booleans.values()[row] = (Boolean) value;
        } else if (vector instanceof IntVector ints) {
            ints.values()[row] = (Integer) value;
        } else if (vector instanceof LongVector longs) {
            longs.values()[row] = (Long) value;
        } else if (vector instanceof FloatVector floats) {
            floats.values()[row] = (Float) value;
        } else if (vector instanceof DoubleVector doubles) {
            doubles.values()[row] = (Double) value;
        } else if (vector instanceof BytesVector bytes) {
            byte[] content = (byte[]) value;
            bytes.set(row, content, 0, content.length);
        } else {
            throw new IllegalStateException("a nested column has no default, got " + value);
        }
    }
}
