package io.deltacat.format.orc;

import io.deltacat.format.FormatException;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.orc.TypeDescription;

/** Turns Arrow types into ORC's and back, as Arrow's own ORC adapter does. Stateless. */
final class OrcTypes {
    private static final int MAX_PRECISION = 38;

    private final String file;

    /**
     * @param file location of the file, for messages
     */
    OrcTypes(String file) {
        this.file = file;
    }

    /**
     * Returns the ORC schema for some columns.
     *
     * @throws FormatException.UnsupportedType if ORC does not have a column's type
     */
    TypeDescription ofColumns(List<Field> fields) {
        return struct(fields, "");
    }

    private TypeDescription struct(List<Field> fields, String path) {
        TypeDescription struct = TypeDescription.createStruct();
        for (Field field : fields) {
            struct.addField(field.getName(), of(field, path + field.getName()));
        }
        return struct;
    }

    private TypeDescription of(Field field, String path) {
        ArrowType type = field.getType();
        List<Field> children = field.getChildren();
        return switch (type.getTypeID()) {
            case Bool -> TypeDescription.createBoolean();
            case Int -> integer(field, path);
            case FloatingPoint ->
                switch (((ArrowType.FloatingPoint) type).getPrecision()) {
                    case HALF -> throw unsupported(field, path);
                    case SINGLE -> TypeDescription.createFloat();
                    case DOUBLE -> TypeDescription.createDouble();
                };
            case Decimal -> decimal((ArrowType.Decimal) type, field, path);
            case Utf8, LargeUtf8, Utf8View -> TypeDescription.createString();
            case Binary, LargeBinary, BinaryView, FixedSizeBinary -> TypeDescription.createBinary();
            case Date ->
                ((ArrowType.Date) type).getUnit() == DateUnit.DAY
                        ? TypeDescription.createDate()
                        : TypeDescription.createTimestamp();
            case Timestamp ->
                ((ArrowType.Timestamp) type).getTimezone() == null
                        ? TypeDescription.createTimestamp()
                        : TypeDescription.createTimestampInstant();
            case List, LargeList, FixedSizeList ->
                TypeDescription.createList(
                        of(children.get(0), path + "." + children.get(0).getName()));
            case Map -> {
                List<Field> entry = children.get(0).getChildren();
                yield TypeDescription.createMap(of(entry.get(0), path + ".key"), of(entry.get(1), path + ".value"));
            }
            case Struct -> struct(children, path + ".");
            default -> throw unsupported(field, path);
        };
    }

    private TypeDescription integer(Field field, String path) {
        ArrowType.Int type = (ArrowType.Int) field.getType();
        if (!type.getIsSigned()) {
            throw unsupported(field, path);
        }
        return switch (type.getBitWidth()) {
            case 8 -> TypeDescription.createByte();
            case 16 -> TypeDescription.createShort();
            case 32 -> TypeDescription.createInt();
            default -> TypeDescription.createLong();
        };
    }

    private TypeDescription decimal(ArrowType.Decimal type, Field field, String path) {
        if (type.getPrecision() > MAX_PRECISION || type.getScale() < 0 || type.getScale() > type.getPrecision()) {
            throw unsupported(field, path);
        }
        return TypeDescription.createDecimal()
                .withScale(0)
                .withPrecision(type.getPrecision())
                .withScale(type.getScale());
    }

    private FormatException.UnsupportedType unsupported(Field field, String path) {
        return new FormatException.UnsupportedType(
                file,
                path,
                TypeNames.displayName(field),
                "ORC has no such type: store it as a signed integer, float64, decimal of at most 38 digits, string, date or"
                        + " timestamp, or write the table as Parquet.");
    }

    /**
     * Returns the columns of a file.
     *
     * @param schema the file's schema
     * @throws FormatException.UnsupportedType if a column is of a type that no vector carries
     */
    Schema toArrow(TypeDescription schema) {
        if (schema.getCategory() != TypeDescription.Category.STRUCT) {
            throw new FormatException.UnsupportedType(
                    file, "(all)", schema.toString(), "An ORC file holds a struct of columns.");
        }
        return new Schema(fields(schema));
    }

    private List<Field> fields(TypeDescription struct) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < struct.getChildren().size(); i++) {
            fields.add(field(struct.getFieldNames().get(i), struct.getChildren().get(i), true));
        }
        return fields;
    }

    private Field field(String name, TypeDescription type, boolean nullable) {
        return switch (type.getCategory()) {
            case BOOLEAN -> scalar(name, ArrowType.Bool.INSTANCE, nullable);
            case BYTE -> scalar(name, new ArrowType.Int(8, true), nullable);
            case SHORT -> scalar(name, new ArrowType.Int(16, true), nullable);
            case INT -> scalar(name, new ArrowType.Int(32, true), nullable);
            case LONG -> scalar(name, new ArrowType.Int(64, true), nullable);
            case FLOAT -> scalar(name, new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), nullable);
            case DOUBLE -> scalar(name, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), nullable);
            case STRING, VARCHAR, CHAR -> scalar(name, ArrowType.Utf8.INSTANCE, nullable);
            case BINARY -> scalar(name, ArrowType.Binary.INSTANCE, nullable);
            case DATE -> scalar(name, new ArrowType.Date(DateUnit.DAY), nullable);
            case TIMESTAMP -> scalar(name, new ArrowType.Timestamp(TimeUnit.NANOSECOND, null), nullable);
            case TIMESTAMP_INSTANT -> scalar(name, new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC"), nullable);
            case DECIMAL -> scalar(name, new ArrowType.Decimal(type.getPrecision(), type.getScale(), 128), nullable);
            case LIST ->
                nested(
                        name,
                        ArrowType.List.INSTANCE,
                        List.of(field("item", type.getChildren().get(0), true)));
            case MAP -> {
                Field key = field("key", type.getChildren().get(0), false);
                Field value = field("value", type.getChildren().get(1), true);
                Field entries = new Field(
                        "entries", new FieldType(false, ArrowType.Struct.INSTANCE, null), List.of(key, value));
                yield nested(name, new ArrowType.Map(false), List.of(entries));
            }
            case STRUCT -> nested(name, ArrowType.Struct.INSTANCE, fields(type));
            default ->
                throw new FormatException.UnsupportedType(
                        file, name, type.toString(), "Rewrite the column with a scalar, list, map or struct type.");
        };
    }

    private static Field scalar(String name, ArrowType type, boolean nullable) {
        return new Field(name, new FieldType(nullable, type, null), List.of());
    }

    private static Field nested(String name, ArrowType type, List<Field> children) {
        return new Field(name, new FieldType(true, type, null), children);
    }
}
