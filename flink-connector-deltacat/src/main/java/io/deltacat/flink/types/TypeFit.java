package io.deltacat.flink.types;

import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * Decides whether values can pass between a table column and a declared Flink column without loss.
 *
 * <p>Reading accepts the counterpart named by {@link LogicalTypes#toLogicalType} and what is wider: larger integers,
 * DOUBLE for float, a larger decimal precision with the same scale, any declared length of strings. Times and timestamps
 * may be declared with fewer digits, since Flink's event time takes at most three; the rest is cut off. Writing accepts
 * the same pairs in the other direction, but never cuts: a timestamp with more digits than the column has does not fit.
 * Fields of a struct are matched by name. Pure and stateless.
 */
@PublicEvolving
public final class TypeFit {

    private enum Direction {
        READ,
        WRITE
    }

    private TypeFit() {}

    /**
     * Checks that every value of a table column can be read as a declared type.
     *
     * @param column the table's column
     * @param declared the Flink type it shall be read as
     * @return the first mismatch found, empty if the types fit
     */
    public static Optional<TypeMismatch> read(Field column, LogicalType declared) {
        return check(Direction.READ, column.getName(), column, declared);
    }

    /**
     * Checks that every value of a declared type can be written into a table column.
     *
     * @param declared the Flink type of the values
     * @param column the table's column
     * @return the first mismatch found, empty if the types fit
     */
    public static Optional<TypeMismatch> write(LogicalType declared, Field column) {
        return check(Direction.WRITE, column.getName(), column, declared);
    }

    private static Optional<TypeMismatch> check(Direction direction, String path, Field column, LogicalType declared) {
        if (direction == Direction.READ && column.isNullable() && !declared.isNullable()) {
            return Optional.of(mismatch(
                    path, column, declared, "a nullable type, since the table's column may hold null; drop NOT NULL"));
        }
        // Flink's map keys are nullable by default; a null key in the data is refused when the row is written.
        boolean mapKey = path.endsWith("{key}");
        if (direction == Direction.WRITE && !mapKey && !column.isNullable() && declared.isNullable()) {
            return Optional.of(mismatch(
                    path,
                    column,
                    declared,
                    "'" + declared.copy(false).asSummaryString() + "', since the table's "
                            + "column must not hold null"));
        }
        return switch (declared.getTypeRoot()) {
            case ARRAY -> checkList(direction, path, column, (ArrayType) declared);
            case MAP -> checkMap(direction, path, column, (MapType) declared);
            case ROW -> checkStruct(direction, path, column, (RowType) declared);
            default ->
                fitsFlat(direction, column.getType(), declared)
                        ? Optional.empty()
                        : Optional.of(mismatch(path, column, declared, expected(direction, path, column)));
        };
    }

    private static Optional<TypeMismatch> checkList(
            Direction direction, String path, Field column, ArrayType declared) {
        return switch (column.getType().getTypeID()) {
            case List, LargeList, FixedSizeList ->
                check(direction, path + "[]", column.getChildren().get(0), declared.getElementType());
            default -> Optional.of(mismatch(path, column, declared, expected(direction, path, column)));
        };
    }

    private static Optional<TypeMismatch> checkMap(Direction direction, String path, Field column, MapType declared) {
        if (column.getType().getTypeID() != ArrowType.ArrowTypeID.Map) {
            return Optional.of(mismatch(path, column, declared, expected(direction, path, column)));
        }
        List<Field> entry = column.getChildren().get(0).getChildren();
        return check(direction, path + "{key}", entry.get(0), declared.getKeyType())
                .or(() -> check(direction, path + "{value}", entry.get(1), declared.getValueType()));
    }

    private static Optional<TypeMismatch> checkStruct(
            Direction direction, String path, Field column, RowType declared) {
        if (column.getType().getTypeID() != ArrowType.ArrowTypeID.Struct) {
            return Optional.of(mismatch(path, column, declared, expected(direction, path, column)));
        }
        for (RowType.RowField field : declared.getFields()) {
            String childPath = path + "." + field.getName();
            Optional<Field> child = child(column, field.getName());
            if (child.isEmpty()) {
                return Optional.of(mismatch(
                        path,
                        column,
                        declared,
                        "a ROW without field '" + field.getName() + "', which the table's " + "struct does not have"));
            }
            Optional<TypeMismatch> inner = check(direction, childPath, child.get(), field.getType());
            if (inner.isPresent()) {
                return inner;
            }
        }
        return direction == Direction.WRITE ? missingField(path, column, declared) : Optional.empty();
    }

    /** A struct field that the rows do not carry is written as null, so it must be nullable. */
    private static Optional<TypeMismatch> missingField(String path, Field column, RowType declared) {
        return column.getChildren().stream()
                .filter(child ->
                        !child.isNullable() && !declared.getFieldNames().contains(child.getName()))
                .findFirst()
                .map(child -> mismatch(
                        path, column, declared, "a ROW with field '" + child.getName() + "', which must not be null"));
    }

    private static Optional<Field> child(Field column, String name) {
        return column.getChildren().stream()
                .filter(child -> child.getName().equals(name))
                .findFirst();
    }

    private static boolean fitsFlat(Direction direction, ArrowType column, LogicalType declared) {
        LogicalTypeRoot root = declared.getTypeRoot();
        return switch (column.getTypeID()) {
            case Bool -> root == LogicalTypeRoot.BOOLEAN;
            case Int -> fitsInteger(direction, (ArrowType.Int) column, declared);
            case FloatingPoint -> fitsFloating(direction, (ArrowType.FloatingPoint) column, root);
            case Decimal -> fitsDecimal(direction, (ArrowType.Decimal) column, declared);
            case Utf8, LargeUtf8, Utf8View -> root == LogicalTypeRoot.CHAR || root == LogicalTypeRoot.VARCHAR;
            case Binary, LargeBinary, BinaryView ->
                root == LogicalTypeRoot.VARBINARY || (direction == Direction.WRITE && root == LogicalTypeRoot.BINARY);
            case FixedSizeBinary ->
                (declared instanceof BinaryType binary
                                && binary.getLength() == ((ArrowType.FixedSizeBinary) column).getByteWidth())
                        || (direction == Direction.READ && root == LogicalTypeRoot.VARBINARY);
            case Date -> root == LogicalTypeRoot.DATE;
            case Time ->
                declared instanceof TimeType time
                        && fitsDigits(direction, Math.min(time.getPrecision(), 3), ((ArrowType.Time) column).getUnit());
            case Timestamp -> fitsTimestamp(direction, (ArrowType.Timestamp) column, declared);
            default -> false;
        };
    }

    private static boolean fitsInteger(Direction direction, ArrowType.Int column, LogicalType declared) {
        int bits = column.getBitWidth();
        if (!column.getIsSigned() && bits == Long.SIZE) {
            return declared instanceof DecimalType decimal
                    && decimal.getScale() == 0
                    && (direction == Direction.READ ? decimal.getPrecision() >= 20 : decimal.getPrecision() <= 20);
        }
        int columnBits = column.getIsSigned() ? bits : bits * 2;
        int declaredBits = integerBits(declared.getTypeRoot());
        if (declaredBits == 0) {
            return false;
        }
        return direction == Direction.READ ? declaredBits >= columnBits : declaredBits <= columnBits;
    }

    /** Returns the width of an integer type, 0 for every other type. */
    private static int integerBits(LogicalTypeRoot root) {
        return switch (root) {
            case TINYINT -> Byte.SIZE;
            case SMALLINT -> Short.SIZE;
            case INTEGER -> Integer.SIZE;
            case BIGINT -> Long.SIZE;
            default -> 0;
        };
    }

    private static boolean fitsFloating(Direction direction, ArrowType.FloatingPoint column, LogicalTypeRoot declared) {
        boolean isFloat = declared == LogicalTypeRoot.FLOAT;
        boolean isDouble = declared == LogicalTypeRoot.DOUBLE;
        if (direction == Direction.READ) {
            return isDouble || (isFloat && column.getPrecision() != FloatingPointPrecision.DOUBLE);
        }
        return switch (column.getPrecision()) {
            case HALF -> false;
            case SINGLE -> isFloat;
            case DOUBLE -> isFloat || isDouble;
        };
    }

    private static boolean fitsDecimal(Direction direction, ArrowType.Decimal column, LogicalType declared) {
        if (!(declared instanceof DecimalType decimal) || decimal.getScale() != column.getScale()) {
            return false;
        }
        return direction == Direction.READ
                ? decimal.getPrecision() >= column.getPrecision()
                : decimal.getPrecision() <= column.getPrecision();
    }

    private static boolean fitsTimestamp(Direction direction, ArrowType.Timestamp column, LogicalType declared) {
        String zone = column.getTimezone();
        boolean zoned = zone != null && !zone.isEmpty();
        if (declared instanceof TimestampType timestamp) {
            return !zoned && fitsDigits(direction, timestamp.getPrecision(), column.getUnit());
        }
        return declared instanceof LocalZonedTimestampType timestamp
                && zoned
                && fitsDigits(direction, timestamp.getPrecision(), column.getUnit());
    }

    private static boolean fitsDigits(Direction direction, int declaredDigits, TimeUnit unit) {
        return direction == Direction.READ || declaredDigits <= ArrowToLogical.digits(unit);
    }

    private static String expected(Direction direction, String path, Field column) {
        try {
            String counterpart = ArrowToLogical.convert(path, column).copy(true).asSummaryString();
            return direction == Direction.READ ? "'" + counterpart + "' or wider" : "'" + counterpart + "' or narrower";
        } catch (UnsupportedColumnTypeException e) {
            return "the column to be left out, since Flink SQL has no type for it";
        }
    }

    private static TypeMismatch mismatch(String path, Field column, LogicalType declared, String expected) {
        return new TypeMismatch(path, ArrowTypeText.withNullability(column), declared.asSummaryString(), expected);
    }
}
