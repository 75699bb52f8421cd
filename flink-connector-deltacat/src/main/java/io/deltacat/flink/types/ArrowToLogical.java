package io.deltacat.flink.types;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Finds the Flink type that holds every value of an Arrow field. */
final class ArrowToLogical {

    private static final String CURE = "Leave the column out of the declared columns, or change its type in the table.";

    private ArrowToLogical() {}

    static LogicalType convert(String path, Field field) {
        boolean nullable = field.isNullable();
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Bool -> new BooleanType(nullable);
            case Int -> integer((ArrowType.Int) type, nullable);
            case FloatingPoint -> floating((ArrowType.FloatingPoint) type, nullable);
            case Decimal -> decimal(path, field, (ArrowType.Decimal) type);
            case Utf8, LargeUtf8, Utf8View -> new VarCharType(nullable, VarCharType.MAX_LENGTH);
            case Binary, LargeBinary, BinaryView -> new VarBinaryType(nullable, VarBinaryType.MAX_LENGTH);
            case FixedSizeBinary -> new BinaryType(nullable, ((ArrowType.FixedSizeBinary) type).getByteWidth());
            case Date -> new DateType(nullable);
            case Time -> new TimeType(nullable, digits(((ArrowType.Time) type).getUnit()));
            case Timestamp -> timestamp((ArrowType.Timestamp) type, nullable);
            case Struct -> struct(path, field);
            case List, LargeList, FixedSizeList ->
                new ArrayType(nullable, convert(path + "[]", field.getChildren().get(0)));
            case Map -> map(path, field);
            default -> throw unsupported(path, field, "has no counterpart in Flink SQL");
        };
    }

    /** Decimal digits of a second that a unit can tell apart: 0, 3, 6 or 9. */
    static int digits(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 0;
            case MILLISECOND -> 3;
            case MICROSECOND -> 6;
            case NANOSECOND -> 9;
        };
    }

    private static LogicalType integer(ArrowType.Int type, boolean nullable) {
        int bits = type.getBitWidth();
        if (!type.getIsSigned() && bits == Long.SIZE) {
            return new DecimalType(nullable, 20, 0);
        }
        int neededBits = type.getIsSigned() ? bits : bits * 2;
        return switch (neededBits) {
            case Byte.SIZE -> new TinyIntType(nullable);
            case Short.SIZE -> new SmallIntType(nullable);
            case Integer.SIZE -> new IntType(nullable);
            default -> new BigIntType(nullable);
        };
    }

    private static LogicalType floating(ArrowType.FloatingPoint type, boolean nullable) {
        return switch (type.getPrecision()) {
            case HALF, SINGLE -> new FloatType(nullable);
            case DOUBLE -> new DoubleType(nullable);
        };
    }

    private static LogicalType decimal(String path, Field field, ArrowType.Decimal type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        if (precision < 1 || precision > DecimalType.MAX_PRECISION || scale < 0 || scale > precision) {
            throw unsupported(path, field, "does not fit Flink's DECIMAL(p, s) with p ≤ 38 and 0 ≤ s ≤ p");
        }
        return new DecimalType(field.isNullable(), precision, scale);
    }

    private static LogicalType timestamp(ArrowType.Timestamp type, boolean nullable) {
        int precision = digits(type.getUnit());
        String zone = type.getTimezone();
        return zone == null || zone.isEmpty()
                ? new TimestampType(nullable, precision)
                : new LocalZonedTimestampType(nullable, precision);
    }

    private static LogicalType struct(String path, Field field) {
        List<RowType.RowField> fields = new ArrayList<>(field.getChildren().size());
        for (Field child : field.getChildren()) {
            fields.add(new RowType.RowField(child.getName(), convert(path + "." + child.getName(), child)));
        }
        return new RowType(field.isNullable(), fields);
    }

    private static LogicalType map(String path, Field field) {
        List<Field> entry = field.getChildren().get(0).getChildren();
        return new MapType(
                field.isNullable(), convert(path + "{key}", entry.get(0)), convert(path + "{value}", entry.get(1)));
    }

    private static UnsupportedColumnTypeException unsupported(String path, Field field, String reason) {
        return new UnsupportedColumnTypeException(path, ArrowTypeText.of(field), reason, CURE);
    }
}
