package io.deltacat.format.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.deltacat.format.batch.VectorKind;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Spells an Arrow schema as the Avro schema its rows are written with. Column names are taken as they are, also where Avro's
 * grammar of names is narrower, as the Python client does. Used once.
 */
final class AvroSchemaText {
    private final Schema schema;
    private int records;

    AvroSchemaText(Schema schema) {
        this.schema = schema;
    }

    String toJson() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            writeRecord(out, "row", schema.getFields());
        }
        return text.toString();
    }

    private void writeRecord(JsonGenerator out, String name, List<Field> fields) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", "record");
        out.writeStringField("name", name);
        out.writeArrayFieldStart("fields");
        for (Field field : fields) {
            out.writeStartObject();
            out.writeStringField("name", field.getName());
            out.writeFieldName("type");
            writeField(out, field);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void writeField(JsonGenerator out, Field field) throws IOException {
        if (!AvroValue.isOptional(field)) {
            writeType(out, field);
            return;
        }
        out.writeStartArray();
        out.writeString("null");
        writeType(out, field);
        out.writeEndArray();
    }

    private void writeType(JsonGenerator out, Field field) throws IOException {
        ArrowType type = field.getType();
        switch (VectorKind.of(field)) {
            case BOOLEAN -> out.writeString("boolean");
            case FLOAT -> out.writeString("float");
            case DOUBLE -> out.writeString("double");
            case INT -> writeInt(out, type);
            case LONG -> writeLong(out, type);
            case BYTES -> {
                if (type instanceof ArrowType.Decimal decimal) {
                    writeDecimal(out, decimal.getPrecision(), decimal.getScale());
                } else {
                    out.writeString(isText(type) ? "string" : "bytes");
                }
            }
            case LIST -> writeArray(out, field.getChildren().get(0));
            case MAP -> {
                Field entry = field.getChildren().get(0);
                out.writeStartObject();
                out.writeStringField("type", "array");
                out.writeFieldName("items");
                List<Field> pair = entry.getChildren();
                records++;
                writeRecord(out, "r" + records, List.of(renamed("key", pair.get(0)), renamed("value", pair.get(1))));
                out.writeEndObject();
            }
            case STRUCT -> {
                records++;
                writeRecord(out, "r" + records, field.getChildren());
            }
        }
    }

    private void writeArray(JsonGenerator out, Field element) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", "array");
        out.writeFieldName("items");
        writeField(out, element);
        out.writeEndObject();
    }

    private static void writeInt(JsonGenerator out, ArrowType type) throws IOException {
        switch (type.getTypeID()) {
            case Date -> writeLogical(out, "int", "date");
            case Time -> writeLogical(out, "int", "time-millis");
            case Null -> out.writeString("null");
            default -> out.writeString("int");
        }
    }

    private static void writeLong(JsonGenerator out, ArrowType type) throws IOException {
        switch (type.getTypeID()) {
            case Int -> {
                if (AvroValue.isUnsignedLong(type)) {
                    writeDecimal(out, 20, 0);
                } else {
                    out.writeString("long");
                }
            }
            case Decimal -> {
                ArrowType.Decimal decimal = (ArrowType.Decimal) type;
                writeDecimal(out, decimal.getPrecision(), decimal.getScale());
            }
            case Date -> writeLogical(out, "long", "local-timestamp-millis");
            case Time -> {
                if (((ArrowType.Time) type).getUnit() == TimeUnit.MICROSECOND) {
                    writeLogical(out, "long", "time-micros");
                } else {
                    out.writeString("long");
                }
            }
            case Timestamp -> {
                ArrowType.Timestamp timestamp = (ArrowType.Timestamp) type;
                String prefix = timestamp.getTimezone() == null ? "local-timestamp-" : "timestamp-";
                String unit = switch (timestamp.getUnit()) {
                    case SECOND, MILLISECOND -> "millis";
                    case MICROSECOND -> "micros";
                    case NANOSECOND -> "nanos";
                };
                writeLogical(out, "long", prefix + unit);
            }
            default -> out.writeString("long");
        }
    }

    private static void writeLogical(JsonGenerator out, String type, String logicalType) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", type);
        out.writeStringField("logicalType", logicalType);
        out.writeEndObject();
    }

    private static void writeDecimal(JsonGenerator out, int precision, int scale) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", "bytes");
        out.writeStringField("logicalType", "decimal");
        out.writeNumberField("precision", precision);
        out.writeNumberField("scale", scale);
        out.writeEndObject();
    }

    private static boolean isText(ArrowType type) {
        return type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
    }

    private static Field renamed(String name, Field field) {
        return new Field(name, field.getFieldType(), field.getChildren());
    }
}
