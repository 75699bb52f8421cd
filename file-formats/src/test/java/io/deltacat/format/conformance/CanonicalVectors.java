package io.deltacat.format.conformance;

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
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Turns vector values into the canonical values of referee.py. */
final class CanonicalVectors {
    private CanonicalVectors() {}

    static Object value(Field field, ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            return null;
        }
        List<Field> children = field.getChildren();
        if (vector instanceof BooleanVector booleans) {
            return booleans.get(row);
        } else if (vector instanceof IntVector ints) {
            return Integer.toString(ints.get(row));
        } else if (vector instanceof LongVector longs) {
            boolean unsigned = field.getType() instanceof ArrowType.Int integer && !integer.getIsSigned();
            return unsigned ? Long.toUnsignedString(longs.get(row)) : Long.toString(longs.get(row));
        } else if (vector instanceof FloatVector floats) {
            return number(floats.get(row));
        } else if (vector instanceof DoubleVector doubles) {
            return number(doubles.get(row));
        } else if (vector instanceof BytesVector bytes) {
            return bytes(field.getType(), bytes, row);
        } else if (vector instanceof ListVector list) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < list.length(row); i++) {
                values.add(value(children.get(0), list.elements(), list.start(row) + i));
            }
            return values;
        } else if (vector instanceof MapVector map) {
            List<Field> entry = children.get(0).getChildren();
            List<Object> pairs = new ArrayList<>();
            for (int i = map.start(row); i < map.start(row) + map.length(row); i++) {
                List<Object> pair = new ArrayList<>();
                pair.add(value(entry.get(0), map.keys(), i));
                pair.add(value(entry.get(1), map.values(), i));
                pairs.add(pair);
            }
            return pairs;
        } else if (vector instanceof StructVector struct) {
            List<Object> members = new ArrayList<>();
            for (int i = 0; i < struct.childCount(); i++) {
                members.add(value(children.get(i), struct.child(i), row));
            }
            return members;
        }
        throw new IllegalStateException("unknown vector " + vector.getClass());
    }

    private static Object bytes(ArrowType type, BytesVector vector, int row) {
        if (type instanceof ArrowType.Decimal) {
            return new BigInteger(vector.copy(row)).toString();
        }
        boolean text = type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
        return text ? vector.string(row) : HexFormat.of().formatHex(vector.copy(row));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "nan" : String.format("%016x", Double.doubleToLongBits(value));
    }
}
