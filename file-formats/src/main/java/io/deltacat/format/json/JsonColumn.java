package io.deltacat.format.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.rowwise.NullValue;
import io.deltacat.format.text.MalformedTextException;
import io.deltacat.format.text.TextCell;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads the JSON values of one column or nested field. Confined to one thread. */
abstract class JsonColumn {
    private final boolean nullable;

    private JsonColumn(boolean nullable) {
        this.nullable = nullable;
    }

    static JsonColumn of(Field field) {
        return switch (VectorKind.of(field)) {
            case LIST -> new Elements(field);
            case MAP -> new Entries(field);
            case STRUCT -> new Members(field);
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES -> new Scalar(field);
        };
    }

    /**
     * Grows a vector by the value at the parser's current token and leaves the parser at the value's last token.
     *
     * @throws MalformedTextException if the value does not fit the field
     */
    final void append(JsonParser parser, ColumnVector vector, int row) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            if (!nullable) {
                throw new MalformedTextException("null, but the column is required");
            }
            NullValue.append(vector, row);
        } else {
            vector.resize(row + 1);
            set(parser, vector, row);
        }
    }

    abstract void set(JsonParser parser, ColumnVector vector, int row) throws IOException;

    private static void expect(JsonParser parser, JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw new MalformedTextException("found " + parser.currentToken() + ", expected " + what);
        }
    }

    private static final class Scalar extends JsonColumn {
        private final TextCell cell;

        Scalar(Field field) {
            super(field.isNullable());
            this.cell = TextCell.of(field);
        }

        @Override
        void set(JsonParser parser, ColumnVector vector, int row) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == null || !token.isScalarValue()) {
                throw new MalformedTextException("found " + token + ", expected a number, a string or a boolean");
            }
            int start = parser.getTextOffset();
            cell.set(parser.getTextCharacters(), start, start + parser.getTextLength(), vector, row);
        }
    }

    private static final class Elements extends JsonColumn {
        private final JsonColumn element;
        private final int fixedSize;

        Elements(Field field) {
            super(field.isNullable());
            this.element = of(field.getChildren().get(0));
            this.fixedSize = field.getType() instanceof ArrowType.FixedSizeList fixed ? fixed.getListSize() : -1;
        }

        @Override
        void set(JsonParser parser, ColumnVector vector, int row) throws IOException {
            expect(parser, JsonToken.START_ARRAY, "an array");
            ListVector list = (ListVector) vector;
            int start = list.offsets()[row];
            int end = start;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                element.append(parser, list.elements(), end++);
            }
            if (fixedSize >= 0 && end - start != fixedSize) {
                throw new MalformedTextException("found " + (end - start) + " elements, expected " + fixedSize);
            }
            list.offsets()[row + 1] = end;
        }
    }

    private static final class Entries extends JsonColumn {
        private final JsonColumn key;
        private final JsonColumn value;
        private final TextCell keyText;

        Entries(Field field) {
            super(field.isNullable());
            List<Field> entry = field.getChildren().get(0).getChildren();
            this.key = of(entry.get(0));
            this.value = of(entry.get(1));
            this.keyText = key instanceof Scalar scalar
                    ? scalar.cell
                    : TextCell.of(Field.nullable("key", ArrowType.Utf8.INSTANCE));
        }

        @Override
        void set(JsonParser parser, ColumnVector vector, int row) throws IOException {
            MapVector map = (MapVector) vector;
            int end = map.offsets()[row];
            if (parser.currentToken() == JsonToken.START_OBJECT && key instanceof Scalar) {
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    map.keys().resize(end + 1);
                    char[] text = name.toCharArray();
                    keyText.set(text, 0, text.length, map.keys(), end);
                    parser.nextToken();
                    value.append(parser, map.values(), end++);
                }
            } else {
                expect(parser, JsonToken.START_ARRAY, "an array of {\"key\":...,\"value\":...}");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    entry(parser, map, end++);
                }
            }
            map.offsets()[row + 1] = end;
        }

        private void entry(JsonParser parser, MapVector map, int at) throws IOException {
            expect(parser, JsonToken.START_OBJECT, "an entry {\"key\":...,\"value\":...}");
            boolean hasKey = false;
            boolean hasValue = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("key") && !hasKey && token != JsonToken.VALUE_NULL) {
                    key.append(parser, map.keys(), at);
                    hasKey = true;
                } else if (name.equals("value") && !hasValue) {
                    value.append(parser, map.values(), at);
                    hasValue = true;
                } else {
                    throw new MalformedTextException("unexpected '" + name + "' in a map entry");
                }
            }
            if (!hasKey) {
                throw new MalformedTextException("a map entry has no key");
            }
            if (!hasValue) {
                NullValue.append(map.values(), at);
            }
        }
    }

    private static final class Members extends JsonColumn {
        private final JsonColumn[] members;
        private final Map<String, Integer> indexes = new HashMap<>();

        Members(Field field) {
            super(field.isNullable());
            List<Field> children = field.getChildren();
            this.members = children.stream().map(JsonColumn::of).toArray(JsonColumn[]::new);
            for (int i = 0; i < members.length; i++) {
                indexes.put(children.get(i).getName(), i);
            }
        }

        @Override
        void set(JsonParser parser, ColumnVector vector, int row) throws IOException {
            expect(parser, JsonToken.START_OBJECT, "an object");
            StructVector struct = (StructVector) vector;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                Integer index = indexes.get(name);
                if (index == null) {
                    parser.skipChildren();
                } else if (struct.child(index).size() > row) {
                    throw new MalformedTextException("member '" + name + "' is named twice");
                } else {
                    members[index].append(parser, struct.child(index), row);
                }
            }
            for (int i = 0; i < members.length; i++) {
                if (struct.child(i).size() <= row) {
                    NullValue.append(struct.child(i), row);
                }
            }
        }
    }
}
