package io.deltacat.format.rowwise;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.format.text.MalformedTextException;
import io.deltacat.format.text.TextCell;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * The value of a column in rows that do not have it: its past default, else null (protocol/data-plane.md §2.4). Defaults of
 * temporal and decimal columns may be text in the spelling of {@link io.deltacat.format.text.TemporalText}. Immutable.
 */
public final class DefaultValue {
    private final Field field;
    private final @Nullable Object value;

    private DefaultValue(Field field, @Nullable Object value) {
        this.field = field;
        this.value = value;
    }

    /**
     * Returns the default of a column.
     *
     * @param field the column
     * @throws FormatException.InvalidSchema if the default is not a value of the column's type
     */
    public static DefaultValue of(Field field) {
        DefaultValue value =
                new DefaultValue(field, FieldMetadata.pastDefault(field).orElse(null));
        value.append(ColumnVector.forField(field), 0);
        return value;
    }

    /**
     * Grows a vector by the default.
     *
     * @param vector vector of the column, of size {@code row}
     * @param row index of the new row
     */
    public void append(ColumnVector vector, int row) {
        try {
            append(field, value, vector, row);
        } catch (ClassCastException | ArithmeticException | MalformedTextException e) {
            throw new FormatException.InvalidSchema(
                    "Field '" + field.getName() + "' of type " + TypeNames.nameOf(field) + " has the past default '"
                            + value
                            + "', which is no value of that type. Set a default that fits through the table's schema.",
                    e);
        }
    }

    private static void append(Field field, @Nullable Object value, ColumnVector vector, int row) {
        if (value == null) {
            NullValue.append(vector, row);
            return;
        }
        vector.resize(row + 1);
        List<Field> children = field.getChildren();
        if (vector instanceof ListVector list) {
            int end = list.offsets()[row];
            for (Object element : (List<?>) value) {
                append(children.get(0), element, list.elements(), end++);
            }
            list.offsets()[row + 1] = end;
        } else if (vector instanceof MapVector map) {
            List<Field> entry = children.get(0).getChildren();
            int end = map.offsets()[row];
            for (Map.Entry<?, ?> pair : ((Map<?, ?>) value).entrySet()) {
                append(entry.get(0), pair.getKey(), map.keys(), end);
                append(entry.get(1), pair.getValue(), map.values(), end++);
            }
            map.offsets()[row + 1] = end;
        } else if (vector instanceof StructVector struct) {
            for (int i = 0; i < struct.childCount(); i++) {
                append(children.get(i), ((Map<?, ?>) value).get(children.get(i).getName()), struct.child(i), row);
            }
        } else {
            appendScalar(field, value, vector, row);
        }
    }

    private static void appendScalar(Field field, Object value, ColumnVector vector, int row) {
        if (value instanceof byte[] bytes) {
            ((BytesVector) vector).set(row, bytes, 0, bytes.length);
        } else if (value instanceof Long number && isRaw(field.getType()) && vector instanceof LongVector longs) {
            longs.values()[row] = number;
        } else if (value instanceof Long number && isRaw(field.getType()) && vector instanceof IntVector ints) {
            ints.values()[row] = Math.toIntExact(number);
        } else if (value instanceof Double number && vector instanceof DoubleVector doubles) {
            doubles.values()[row] = number;
        } else if (value instanceof Double number && vector instanceof FloatVector floats) {
            floats.values()[row] = number.floatValue();
        } else if (value instanceof Boolean flag && vector instanceof BooleanVector booleans) {
            booleans.values()[row] = flag;
        } else {
            char[] text = String.valueOf(value).toCharArray();
            TextCell.of(field).set(text, 0, text.length, vector, row);
        }
    }

    /** Temporal defaults that are numbers count in the column's own unit. */
    private static boolean isRaw(ArrowType type) {
        return type instanceof ArrowType.Date
                || type instanceof ArrowType.Time
                || type instanceof ArrowType.Timestamp
                || type instanceof ArrowType.Duration;
    }
}
