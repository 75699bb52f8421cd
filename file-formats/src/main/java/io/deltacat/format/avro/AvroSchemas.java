package io.deltacat.format.avro;

import io.deltacat.format.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Understands the schemas of Avro files. Not thread-safe: one per file. */
final class AvroSchemas {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 100_000;
    private static final int MAX_DECIMAL_PRECISION = 76;

    private final String file;
    private int nodes;

    AvroSchemas(String file) {
        this.file = file;
    }

    /**
     * Parses the text of a file's schema. Names are not checked: the Python client leaves the row's name empty.
     *
     * @throws FormatException.CorruptFile if the text is no schema, or not one of a record
     */
    Schema parse(String text) {
        Schema schema;
        try {
            schema = new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new FormatException.CorruptFile(file, null, 0, "the header's schema cannot be understood", e);
        }
        if (schema.getType() != Schema.Type.RECORD) {
            throw new FormatException.CorruptFile(
                    file, null, 0, "the rows are of type " + schema.getType().getName() + ", expected record", null);
        }
        return schema;
    }

    /** Returns the columns of a file as Arrow fields. */
    List<Field> fields(Schema row) {
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : row.getFields()) {
            fields.add(field(field.name(), field.schema(), field.name(), 0));
        }
        return fields;
    }

    /** Returns the type a union holds besides null, or the schema itself if it is no union. */
    static Optional<Schema> nonNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return Optional.of(schema);
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
    }

    private Field field(String name, Schema schema, String path, int depth) {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new FormatException.UnsupportedType(
                    file, path, "recursive or very large record", "Write the column as a flat type or as Parquet.");
        }
        Schema type = nonNull(schema).orElse(schema);
        boolean nullable = schema.getType() == Schema.Type.UNION || type.getType() == Schema.Type.NULL;
        List<Field> children = switch (type.getType()) {
            case ARRAY -> List.of(field("item", type.getElementType(), path + ".item", depth + 1));
            case MAP -> List.of(entry(type.getValueType(), path, depth));
            case RECORD -> {
                List<Field> members = new ArrayList<>();
                for (Schema.Field member : type.getFields()) {
                    members.add(field(member.name(), member.schema(), path + "." + member.name(), depth + 1));
                }
                yield members;
            }
            default -> List.of();
        };
        return new Field(name, new FieldType(nullable, arrowType(type, path), null), children);
    }

    private Field entry(Schema value, String path, int depth) {
        Field key = new Field("key", FieldType.notNullable(ArrowType.Utf8.INSTANCE), List.of());
        Field valueField = field("value", value, path + ".value", depth + 1);
        return new Field("entries", FieldType.notNullable(ArrowType.Struct.INSTANCE), List.of(key, valueField));
    }

    private ArrowType arrowType(Schema schema, String path) {
        LogicalType logical = schema.getLogicalType();
        String name = logical == null ? "" : logical.getName();
        return switch (schema.getType()) {
            case NULL -> ArrowType.Null.INSTANCE;
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case INT ->
                switch (name) {
                    case "date" -> new ArrowType.Date(DateUnit.DAY);
                    case "time-millis" -> new ArrowType.Time(TimeUnit.MILLISECOND, 32);
                    default -> new ArrowType.Int(32, true);
                };
            case LONG -> longType(name);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case BYTES ->
                logical instanceof LogicalTypes.Decimal decimal ? decimal(decimal) : ArrowType.Binary.INSTANCE;
            case FIXED ->
                logical instanceof LogicalTypes.Decimal decimal
                        ? decimal(decimal)
                        : new ArrowType.FixedSizeBinary(schema.getFixedSize());
            case STRING, ENUM -> ArrowType.Utf8.INSTANCE;
            case ARRAY -> ArrowType.List.INSTANCE;
            case MAP -> new ArrowType.Map(false);
            case RECORD -> ArrowType.Struct.INSTANCE;
            case UNION ->
                throw new FormatException.UnsupportedType(
                        file, path, "union of several types", "Write the column with one type besides null.");
        };
    }

    private static ArrowType longType(String logicalName) {
        return switch (logicalName) {
            case "time-micros" -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case "timestamp-millis" -> new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC");
            case "timestamp-micros" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case "timestamp-nanos" -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC");
            case "local-timestamp-millis" -> new ArrowType.Timestamp(TimeUnit.MILLISECOND, null);
            case "local-timestamp-micros" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case "local-timestamp-nanos" -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
            default -> new ArrowType.Int(64, true);
        };
    }

    private static ArrowType decimal(LogicalTypes.Decimal decimal) {
        int precision = decimal.getPrecision();
        return precision > MAX_DECIMAL_PRECISION
                ? ArrowType.Binary.INSTANCE
                : new ArrowType.Decimal(precision, decimal.getScale(), precision > 38 ? 256 : 128);
    }
}
