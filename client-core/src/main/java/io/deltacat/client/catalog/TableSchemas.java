package io.deltacat.client.catalog;

import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.TableDescription;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Finds the Arrow schema in what a server says about a table (protocol/data-plane.md §1.3). Stateless. */
public final class TableSchemas {

    private TableSchemas() {}

    /**
     * Returns the schema of a described table: the serialized one, which is exact, or else the one put together from the
     * list of fields, which older servers send alone.
     *
     * @param description the server's description of the table
     * @return the schema, empty if the table has none
     * @throws io.deltacat.format.FormatException if the server's text is not a schema, or names a type nobody knows
     */
    public static Optional<Schema> schemaOf(TableDescription description) {
        return schemaOf(description.schemaSerialized(), description.schema());
    }

    /**
     * Returns the schema in a serialized form or in a list of fields, whichever is there, the former first.
     *
     * @param serialized base64 Arrow IPC schema, or null
     * @param fields field summaries, or null; a field without a type is left out
     * @return the schema, empty if both are absent
     * @throws io.deltacat.format.FormatException as above
     */
    public static Optional<Schema> schemaOf(@Nullable String serialized, @Nullable List<SchemaField> fields) {
        if (serialized != null && !serialized.isEmpty()) {
            return Optional.of(ArrowSchemas.fromBase64(serialized));
        }
        if (fields == null || fields.isEmpty()) {
            return Optional.empty();
        }
        List<Field> arrow = new ArrayList<>(fields.size());
        for (SchemaField field : fields) {
            if (field.name() != null && field.type() != null) {
                arrow.add(TypeNames.field(field.name(), field.type(), !Boolean.FALSE.equals(field.nullable())));
            }
        }
        return Optional.of(new Schema(arrow));
    }
}
