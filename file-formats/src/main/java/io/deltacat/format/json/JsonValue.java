package io.deltacat.format.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.text.MalformedTextException;
import io.deltacat.format.text.ScalarText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Writes the values of one column or nested field as JSON. Confined to one thread.
 *
 * @param <R> class of what holds the values: rows, structs or lists
 */
abstract class JsonValue<R> {
    private final boolean nullable;

    private JsonValue(boolean nullable) {
        this.nullable = nullable;
    }

    static <R> JsonValue<R> of(Field field, RowAccessor<R> rows, int column) {
        List<Field> children = field.getChildren();
        return switch (VectorKind.of(field)) {
            case LIST -> new Elements<>(field, rows.listAccessor(column), children.get(0));
            case MAP -> new Entries<>(field, rows.mapAccessor(column), children.get(0));
            case STRUCT -> new Members<>(field, rows.structAccessor(column), children);
            case FLOAT -> new Real<>(field, false);
            case DOUBLE -> new Real<>(field, true);
            case BYTES -> field.getType() instanceof ArrowType.Decimal ? new Text<>(field) : new Utf8<>(field);
            case BOOLEAN, INT -> isText(field.getType()) ? new Text<>(field) : new Bare<>(field);
            case LONG -> isText(field.getType()) ? new Text<>(field) : new Bare<>(field);
        };
    }

    /**
     * Writes a value, null or not.
     *
     * @throws MalformedTextException if JSON cannot hold it
     * @throws java.time.DateTimeException if a date is beyond the calendar
     */
    final void write(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException {
        if (rows.isNullAt(row, column)) {
            writeNull(out);
        } else {
            writeValue(out, rows, row, column);
        }
    }

    abstract void writeValue(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException;

    final void writeNull(JsonGenerator out) throws IOException {
        if (!nullable) {
            throw new MalformedTextException("null, but the field is required");
        }
        out.writeNull();
    }

    private static boolean isText(ArrowType type) {
        return type instanceof ArrowType.Decimal
                || type instanceof ArrowType.Date
                || type instanceof ArrowType.Time
                || type instanceof ArrowType.Timestamp;
    }

    /** A value that needs no quotes: a whole number or a boolean. */
    private static final class Bare<R> extends JsonValue<R> {
        private final ScalarText text;
        private final StringBuilder scratch = new StringBuilder();

        Bare(Field field) {
            super(field.isNullable());
            this.text = ScalarText.of(field, 'T', "+00:00");
        }

        @Override
        void writeValue(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException {
            scratch.setLength(0);
            text.append(scratch, rows, row, column);
            out.writeRawValue(scratch.toString());
        }
    }

    /** A scalar that is a string in JSON. */
    private static final class Text<R> extends JsonValue<R> {
        private final ScalarText text;
        private final StringBuilder scratch = new StringBuilder();

        Text(Field field) {
            super(field.isNullable());
            this.text = ScalarText.of(field, 'T', "+00:00");
        }

        @Override
        void writeValue(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException {
            scratch.setLength(0);
            text.append(scratch, rows, row, column);
            out.writeString(scratch.toString());
        }
    }

    private static final class Utf8<R> extends JsonValue<R> {
        Utf8(Field field) {
            super(field.isNullable());
        }

        @Override
        void writeValue(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException {
            byte[] bytes = rows.getBytes(row, column);
            out.writeUTF8String(bytes, 0, bytes.length);
        }
    }

    private static final class Real<R> extends JsonValue<R> {
        private final boolean asDouble;

        Real(Field field, boolean asDouble) {
            super(field.isNullable());
            this.asDouble = asDouble;
        }

        @Override
        void writeValue(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException {
            if (asDouble) {
                double value = rows.getDouble(row, column);
                if (Double.isFinite(value)) {
                    out.writeNumber(value);
                } else {
                    writeNull(out);
                }
            } else {
                float value = rows.getFloat(row, column);
                if (Float.isFinite(value)) {
                    out.writeNumber(value);
                } else {
                    writeNull(out);
                }
            }
        }
    }

    private static final class Elements<R> extends JsonValue<R> {
        private final ListAccessor list;
        private final JsonValue<Object> element;

        Elements(Field field, ListAccessor list, Field element) {
            super(field.isNullable());
            this.list = list;
            this.element = of(element, list, 0);
        }

        @Override
        void writeValue(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException {
            Object elements = rows.getList(row, column);
            out.writeStartArray();
            for (int i = 0, size = list.size(elements); i < size; i++) {
                element.write(out, list, elements, i);
            }
            out.writeEndArray();
        }
    }

    private static final class Entries<R> extends JsonValue<R> {
        private final MapAccessor map;
        private final ListAccessor keys;
        private final ListAccessor values;
        private final JsonValue<Object> key;
        private final JsonValue<Object> value;

        Entries(Field field, MapAccessor map, Field entry) {
            super(field.isNullable());
            this.map = map;
            this.keys = map.keyAccessor();
            this.values = map.valueAccessor();
            this.key = of(entry.getChildren().get(0), keys, 0);
            this.value = of(entry.getChildren().get(1), values, 0);
        }

        @Override
        void writeValue(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException {
            Object entries = rows.getMap(row, column);
            Object allKeys = map.keys(entries);
            Object allValues = map.values(entries);
            out.writeStartArray();
            for (int i = 0, size = keys.size(allKeys); i < size; i++) {
                out.writeStartObject();
                out.writeFieldName("key");
                key.write(out, keys, allKeys, i);
                out.writeFieldName("value");
                value.write(out, values, allValues, i);
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private static final class Members<R> extends JsonValue<R> {
        private final RowAccessor<Object> members;
        private final List<String> names = new ArrayList<>();
        private final List<JsonValue<Object>> values = new ArrayList<>();

        Members(Field field, RowAccessor<Object> members, List<Field> fields) {
            super(field.isNullable());
            this.members = members;
            for (int i = 0; i < fields.size(); i++) {
                names.add(fields.get(i).getName());
                values.add(of(fields.get(i), members, i));
            }
        }

        @Override
        void writeValue(JsonGenerator out, RowAccessor<R> rows, R row, int column) throws IOException {
            Object struct = rows.getStruct(row, column);
            out.writeStartObject();
            for (int i = 0; i < values.size(); i++) {
                out.writeFieldName(names.get(i));
                values.get(i).write(out, members, struct, i);
            }
            out.writeEndObject();
        }
    }
}
