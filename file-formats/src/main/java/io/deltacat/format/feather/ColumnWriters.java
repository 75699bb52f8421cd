package io.deltacat.format.feather;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes the writers of columns by type. Thread-safe. */
final class ColumnWriters {
    private ColumnWriters() {}

    /** Returns a schema as it is stored: views as plain values, without dictionaries. */
    static Schema stored(Schema schema) {
        return new Schema(schema.getFields().stream().map(ColumnWriters::stored).toList(), schema.getCustomMetadata());
    }

    private static Field stored(Field field) {
        ArrowType type = switch (field.getType().getTypeID()) {
            case Utf8View -> ArrowType.Utf8.INSTANCE;
            case BinaryView -> ArrowType.Binary.INSTANCE;
            default -> field.getType();
        };
        return new Field(
                field.getName(),
                new FieldType(field.isNullable(), type, null, field.getMetadata()),
                field.getChildren().stream().map(ColumnWriters::stored).toList());
    }

    static <R> ColumnWriter<R> of(Field field, RowAccessor<R> rows, int column) {
        ArrowType type = field.getType();
        boolean nullable = field.isNullable();
        List<Field> children = field.getChildren();
        return switch (VectorKind.of(field)) {
            case BOOLEAN -> new ScalarWriters.Bits<>(nullable);
            case INT ->
                type instanceof ArrowType.Null
                        ? new ScalarWriters.Nothing<>()
                        : new ScalarWriters.Whole<>(nullable, width(type), range(type), true);
            case LONG ->
                type instanceof ArrowType.Decimal decimal
                        ? new ScalarWriters.Decimals<>(nullable, decimal.getBitWidth() / 8, true)
                        : new ScalarWriters.Whole<>(nullable, width(type), range(type), false);
            case FLOAT, DOUBLE -> new ScalarWriters.Real<>(nullable, ((ArrowType.FloatingPoint) type).getPrecision());
            case BYTES -> bytes(type, nullable);
            case LIST -> list(field, rows.listAccessor(column), children.get(0));
            case MAP -> new NestedWriters.Maps<>(nullable, rows.mapAccessor(column), children.get(0));
            case STRUCT -> new NestedWriters.Structs<>(nullable, rows.structAccessor(column), children);
        };
    }

    private static <R> ColumnWriter<R> bytes(ArrowType type, boolean nullable) {
        if (type instanceof ArrowType.Decimal decimal) {
            return new ScalarWriters.Decimals<>(nullable, decimal.getBitWidth() / 8, false);
        }
        if (type instanceof ArrowType.FixedSizeBinary fixed) {
            return new ScalarWriters.FixedBytes<>(nullable, fixed.getByteWidth());
        }
        boolean large = type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary;
        return new ScalarWriters.Bytes<>(nullable, large ? Long.BYTES : Integer.BYTES);
    }

    private static <R> ColumnWriter<R> list(Field field, ListAccessor list, Field element) {
        if (field.getType() instanceof ArrowType.FixedSizeList fixed) {
            return new NestedWriters.Lists<>(field.isNullable(), list, element, 0, fixed.getListSize());
        }
        boolean large = field.getType() instanceof ArrowType.LargeList;
        return new NestedWriters.Lists<>(field.isNullable(), list, element, large ? Long.BYTES : Integer.BYTES, -1);
    }

    private static int width(ArrowType type) {
        return switch (type.getTypeID()) {
            case Int -> ((ArrowType.Int) type).getBitWidth() / 8;
            case Date -> ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? 4 : 8;
            case Time -> ((ArrowType.Time) type).getBitWidth() / 8;
            default -> 8;
        };
    }

    /** Returns the largest value of an integer type narrower than its vector, the smallest following from the sign. */
    private static long range(ArrowType type) {
        if (!(type instanceof ArrowType.Int integer) || integer.getBitWidth() == 64) {
            return Long.MAX_VALUE;
        }
        long max = (1L << (integer.getBitWidth() - (integer.getIsSigned() ? 1 : 0))) - 1;
        return integer.getIsSigned() ? max : ~max;
    }
}
