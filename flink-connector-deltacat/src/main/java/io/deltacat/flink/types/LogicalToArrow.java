package io.deltacat.flink.types;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;

/** Finds the Arrow field that stores every value of a Flink type. */
final class LogicalToArrow {

    private static final int DECIMAL_BITS = 128;

    private LogicalToArrow() {}

    static Field convert(String path, String name, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> leaf(name, type, ArrowType.Bool.INSTANCE);
            case TINYINT -> leaf(name, type, new ArrowType.Int(Byte.SIZE, true));
            case SMALLINT -> leaf(name, type, new ArrowType.Int(Short.SIZE, true));
            case INTEGER -> leaf(name, type, new ArrowType.Int(Integer.SIZE, true));
            case BIGINT -> leaf(name, type, new ArrowType.Int(Long.SIZE, true));
            case FLOAT -> leaf(name, type, new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
            case DOUBLE -> leaf(name, type, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
            case DECIMAL ->
                leaf(
                        name,
                        type,
                        new ArrowType.Decimal(
                                ((DecimalType) type).getPrecision(), ((DecimalType) type).getScale(), DECIMAL_BITS));
            case CHAR, VARCHAR -> leaf(name, type, ArrowType.Utf8.INSTANCE);
            case BINARY -> leaf(name, type, new ArrowType.FixedSizeBinary(((BinaryType) type).getLength()));
            case VARBINARY -> leaf(name, type, ArrowType.Binary.INSTANCE);
            case DATE -> leaf(name, type, new ArrowType.Date(DateUnit.DAY));
            case TIME_WITHOUT_TIME_ZONE -> leaf(name, type, time(((TimeType) type).getPrecision()));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                leaf(name, type, new ArrowType.Timestamp(unit(((TimestampType) type).getPrecision()), null));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                leaf(name, type, new ArrowType.Timestamp(unit(((LocalZonedTimestampType) type).getPrecision()), "UTC"));
            case ARRAY -> list(path, name, (ArrayType) type);
            case MAP -> map(path, name, (MapType) type);
            case ROW -> struct(path, name, (RowType) type);
            case DISTINCT_TYPE ->
                convert(path, name, ((DistinctType) type).getSourceType().copy(type.isNullable()));
            // Flink adds roots from release to release (VARIANT, BITMAP, …), so this cannot be a closed switch.
            default ->
                throw new UnsupportedColumnTypeException(
                        path,
                        type.asSummaryString(),
                        "cannot be stored in a DeltaCAT table",
                        "CAST the column to a type that can: BOOLEAN, a number, STRING, BYTES, DATE, TIME, TIMESTAMP, "
                                + "TIMESTAMP_LTZ, ROW, ARRAY or MAP.");
        };
    }

    private static Field leaf(String name, LogicalType type, ArrowType arrow) {
        return new Field(name, new FieldType(type.isNullable(), arrow, null), null);
    }

    /** Whole milliseconds are kept even for TIME(0), since Flink's values carry them whatever the precision says. */
    private static ArrowType time(int precision) {
        if (precision <= 3) {
            return new ArrowType.Time(TimeUnit.MILLISECOND, Integer.SIZE);
        }
        return new ArrowType.Time(unit(precision), Long.SIZE);
    }

    private static TimeUnit unit(int precision) {
        if (precision == 0) {
            return TimeUnit.SECOND;
        }
        if (precision <= 3) {
            return TimeUnit.MILLISECOND;
        }
        return precision <= 6 ? TimeUnit.MICROSECOND : TimeUnit.NANOSECOND;
    }

    private static Field list(String path, String name, ArrayType type) {
        Field element = convert(path + "[]", "item", type.getElementType());
        return new Field(name, new FieldType(type.isNullable(), ArrowType.List.INSTANCE, null), List.of(element));
    }

    private static Field map(String path, String name, MapType type) {
        // Arrow's keys are never null; a null key in the data is refused when the row is written.
        Field key = convert(path + "{key}", "key", type.getKeyType().copy(false));
        Field value = convert(path + "{value}", "value", type.getValueType());
        Field entries =
                new Field("entries", new FieldType(false, ArrowType.Struct.INSTANCE, null), List.of(key, value));
        return new Field(name, new FieldType(type.isNullable(), new ArrowType.Map(false), null), List.of(entries));
    }

    private static Field struct(String path, String name, RowType type) {
        List<Field> children = new ArrayList<>(type.getFieldCount());
        for (RowType.RowField field : type.getFields()) {
            children.add(convert(path + "." + field.getName(), field.getName(), field.getType()));
        }
        return new Field(name, new FieldType(type.isNullable(), ArrowType.Struct.INSTANCE, null), children);
    }
}
