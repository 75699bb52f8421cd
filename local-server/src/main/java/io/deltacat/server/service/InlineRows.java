package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Rows that came in a request body: columns with lists of values, or a list of objects (protocol/data-plane.md §1.1). Immutable.
 *
 * @param columns names of all columns, in the order they first appear
 * @param rows one object per row; a row may lack columns
 */
record InlineRows(List<String> columns, List<ObjectNode> rows) {
    /** Copies the lists. */
    InlineRows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Reads the body's {@code data}.
     *
     * @param data an object of lists, or a list of objects
     * @return the rows
     * @throws RefusedException if it is neither, or the lists are not equally long
     */
    static InlineRows of(JsonNode data) {
        if (data.isObject()) {
            return ofColumns(data);
        }
        if (!data.isArray()) {
            throw refused("data", "is neither an object of columns, each a list of values, nor a list of row objects");
        }
        Set<String> columns = new LinkedHashSet<>();
        List<ObjectNode> rows = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            if (!(data.get(i) instanceof ObjectNode row)) {
                throw refused("data[" + i + "]", "is no object; expected values by column name");
            }
            row.fieldNames().forEachRemaining(columns::add);
            rows.add(row);
        }
        return new InlineRows(List.copyOf(columns), rows);
    }

    private static InlineRows ofColumns(JsonNode data) {
        List<String> columns = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        Iterator<Map.Entry<String, JsonNode>> fields = data.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> column = fields.next();
            JsonNode values = column.getValue();
            if (!values.isArray()) {
                throw refused("data." + column.getKey(), "is no list; expected one value per row");
            }
            if (columns.isEmpty()) {
                for (int i = 0; i < values.size(); i++) {
                    rows.add(JsonNodeFactory.instance.objectNode());
                }
            } else if (values.size() != rows.size()) {
                throw refused(
                        "data." + column.getKey(),
                        "has " + values.size() + " values, but column '" + columns.get(0) + "' has " + rows.size());
            }
            for (int i = 0; i < values.size(); i++) {
                rows.get(i).set(column.getKey(), values.get(i));
            }
            columns.add(column.getKey());
        }
        return new InlineRows(columns, rows);
    }

    /**
     * The column that values suggest, where no table says it: whole numbers are int64, other numbers float64, text is string,
     * true and false are bool.
     *
     * @param name name of the column
     * @return a nullable column
     * @throws RefusedException if there is no value, the values do not agree, or they are nested
     */
    Field inferred(String name) {
        String type = "";
        for (int i = 0; i < rows.size(); i++) {
            JsonNode value = rows.get(i).path(name);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            String seen = typeOf(value, "data." + name + "[" + i + "]");
            if (type.isEmpty() || (type.equals("int64") && seen.equals("float64"))) {
                type = seen;
            } else if (!seen.equals(type) && !(type.equals("float64") && seen.equals("int64"))) {
                throw refused(
                        "data." + name,
                        "mixes " + type + " and " + seen
                                + "; create the table with a schema, or send values of one type");
            }
        }
        if (type.isEmpty()) {
            throw refused("data." + name, "has no value to tell the type from; create the table with a schema");
        }
        return TypeNames.field(name, type, true);
    }

    private static String typeOf(JsonNode value, String field) {
        if (value.isTextual()) {
            return "string";
        }
        if (value.isBoolean()) {
            return "bool";
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return "int64";
        }
        if (value.isNumber()) {
            return "float64";
        }
        throw refused(field, "is nested; create the table with a schema");
    }

    static RefusedException refused(String field, String why) {
        return Refusal.of(RefusalKind.INVALID_REQUEST, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
