package io.deltacat.format;

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
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Values in a form that compares across languages and vectors: integers, times and unscaled decimals as digits, floating
 * point as hexadecimal, bytes as hex, nested values as lists.
 */
public final class CanonicalValues {
    private CanonicalValues() {}

    /** Appends the rows of a batch, one list per column. */
    public static void append(ColumnBatch batch, List<List<Object>> columns) {
        for (int column = 0; column < batch.columnCount(); column++) {
            Field field = batch.schema().getFields().get(column);
            for (int row = 0; row < batch.size(); row++) {
                columns.get(column).add(of(field, batch.column(column), row));
            }
        }
    }

    /** Returns the value of one row, null if it is null. */
    public static Object of(Field field, ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            return null;
        }
        if (vector instanceof BooleanVector booleans) {
            return booleans.get(row);
        }
        if (vector instanceof IntVector ints) {
            return Integer.toString(ints.get(row));
        }
        if (vector instanceof LongVector longs) {
            boolean unsigned = field.getType() instanceof ArrowType.Int integer && !integer.getIsSigned();
            return unsigned ? Long.toUnsignedString(longs.get(row)) : Long.toString(longs.get(row));
        }
        if (vector instanceof FloatVector floats) {
            return hex(floats.get(row));
        }
        if (vector instanceof DoubleVector doubles) {
            return hex(doubles.get(row));
        }
        if (vector instanceof BytesVector bytes) {
            return switch (field.getType().getTypeID()) {
                case Decimal -> new BigInteger(bytes.copy(row)).toString();
                case Utf8, LargeUtf8, Utf8View -> bytes.string(row);
                default -> HexFormat.of().formatHex(bytes.copy(row));
            };
        }
        if (vector instanceof ListVector list) {
            List<Object> values = new ArrayList<>();
            for (int i = list.start(row); i < list.start(row) + list.length(row); i++) {
                values.add(of(field.getChildren().get(0), list.elements(), i));
            }
            return values;
        }
        if (vector instanceof MapVector map) {
            List<Field> entry = field.getChildren().get(0).getChildren();
            List<Object> values = new ArrayList<>();
            for (int i = map.start(row); i < map.start(row) + map.length(row); i++) {
                List<Object> pair = new ArrayList<>();
                pair.add(of(entry.get(0), map.keys(), i));
                pair.add(of(entry.get(1), map.values(), i));
                values.add(pair);
            }
            return values;
        }
        StructVector struct = (StructVector) vector;
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < struct.childCount(); i++) {
            values.add(of(field.getChildren().get(i), struct.child(i), row));
        }
        return values;
    }

    /** Returns a number as Python's {@code float.hex} writes it. */
    public static String hex(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value > 0 ? "0x0.0p+0" : "-0x0.0p+0";
        }
        String java = Double.toHexString(value); // Java drops trailing zeros and the plus sign
        int point = java.indexOf('.');
        int exponent = java.indexOf('p');
        StringBuilder digits = new StringBuilder(java.substring(point + 1, exponent));
        while (digits.length() < 13) {
            digits.append('0');
        }
        String power = java.substring(exponent + 1);
        return java.substring(0, point + 1) + digits + "p" + (power.startsWith("-") ? "" : "+") + power;
    }
}
