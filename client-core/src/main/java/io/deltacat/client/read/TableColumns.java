package io.deltacat.client.read;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.TableRef;
import io.deltacat.client.Unsupported;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.format.schema.FieldMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one read.
 *
 * @param stored all columns that the table's files hold, in table order
 * @param wanted the columns to show, in the order wanted
 */
record TableColumns(Schema stored, Schema wanted) {

    /** Resolves names against the plan; all stored columns if none are named. */
    static TableColumns of(TableRef table, ReadPlan page, @Nullable List<String> names, @Nullable Filter filter) {
        Schema schema = TableSchemas.schemaOf(page.schemaSerialized(), page.schema())
                .orElseThrow(() -> new Unsupported(FailureContextBuilder.builder()
                        .code("unsupported_table")
                        .problem("table '" + table + "' has no schema")
                        .cure("Get its files from plan(...) and read them as they are.")
                        .build()));
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Field field : schema.getFields()) {
            if (!FieldMetadata.isComputed(field)) {
                fields.put(field.getName(), field);
            }
        }
        Schema stored = new Schema(fields.values(), schema.getCustomMetadata());
        if (filter != null) {
            filter.columns().forEach(name -> require(table, fields, name));
        }
        if (names == null) {
            return new TableColumns(stored, stored);
        }
        List<Field> wanted = new ArrayList<>();
        names.forEach(name -> wanted.add(require(table, fields, name)));
        return new TableColumns(stored, new Schema(wanted, schema.getCustomMetadata()));
    }

    private static Field require(TableRef table, Map<String, Field> fields, String name) {
        Field field = fields.get(name);
        if (field == null) {
            throw new InvalidRequest(FailureContextBuilder.builder()
                    .code("unknown_column")
                    .problem("table '" + table + "' has no stored column '" + name + "'; it has " + fields.keySet())
                    .cure("Correct the name or leave it out.")
                    .build());
        }
        return field;
    }
}
