package io.deltacat.format.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.schema.ArrowSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A table as referee.py describes it: a schema and rows of canonical values. */
record CanonicalTable(Schema schema, List<List<Object>> rows) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Returns the tables of a golden directory by file name, with the content type under the key's second half. */
    static Map<String, CanonicalTable> golden() {
        Map<String, CanonicalTable> tables = new LinkedHashMap<>();
        try (InputStream manifest = CanonicalTable.class.getResourceAsStream("/golden/pythonclient/manifest.json")) {
            for (JsonNode entry : MAPPER.readTree(manifest)) {
                Schema schema = ArrowSchemas.fromBase64(entry.get("schema").asText());
                tables.put(entry.get("file").asText(), new CanonicalTable(schema, rows(entry.get("rows"))));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    /** Reads everything a reader has, with batches as small as its options say. */
    static List<List<Object>> readAll(BatchReader reader) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        ColumnBatch batch = reader.newBatch();
        while (reader.nextBatch(batch)) {
            for (int row = 0; row < batch.size(); row++) {
                List<Object> values = new ArrayList<>();
                for (int column = 0; column < batch.columnCount(); column++) {
                    Field field = batch.schema().getFields().get(column);
                    values.add(CanonicalVectors.value(field, batch.column(column), row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    CanonicalTable select(List<String> names) {
        List<Integer> indexes = names.stream().map(this::indexOf).toList();
        List<Field> fields =
                indexes.stream().map(index -> schema.getFields().get(index)).toList();
        List<List<Object>> selected = new ArrayList<>();
        for (List<Object> row : rows) {
            List<Object> values = new ArrayList<>();
            indexes.forEach(index -> values.add(row.get(index)));
            selected.add(values);
        }
        return new CanonicalTable(new Schema(fields), selected);
    }

    CanonicalTable without(List<String> names) {
        return select(schema.getFields().stream()
                .map(Field::getName)
                .filter(name -> !names.contains(name))
                .toList());
    }

    int indexOf(String name) {
        return schema.getFields().indexOf(schema.findField(name));
    }

    private static List<List<Object>> rows(JsonNode node) {
        List<List<Object>> rows = new ArrayList<>();
        node.forEach(row -> rows.add(list(row)));
        return rows;
    }

    private static List<Object> list(JsonNode node) {
        List<Object> values = new ArrayList<>();
        node.forEach(value -> values.add(value(value)));
        return values;
    }

    private static Object value(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isArray()) {
            return list(node);
        }
        return node.isBoolean() ? (Object) node.asBoolean() : node.asText();
    }
}
