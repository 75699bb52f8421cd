package io.deltacat.client.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.TableDescription;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
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
                arrow.add(field(field));
            }
        }
        return Optional.of(new Schema(arrow));
    }

    private static Field field(SchemaField summary) {
        Field field = TypeNames.field(
                String.valueOf(summary.name()),
                String.valueOf(summary.type()),
                !Boolean.FALSE.equals(summary.nullable()));
        if (Boolean.TRUE.equals(summary.isMergeKey())) {
            field = FieldMetadata.withMergeKey(field);
        }
        if (Boolean.TRUE.equals(summary.isEventTime())) {
            field = FieldMetadata.withEventTime(field);
        }
        if (summary.computedField() != null) {
            field = FieldMetadata.with(field, FieldMetadata.COMPUTED_FIELD, "{}");
        }
        if (summary.consistencyType() != null) {
            field = FieldMetadata.with(field, FieldMetadata.CONSISTENCY_TYPE, summary.consistencyType());
        }
        Optional<Object> past = scalar(summary.pastDefault());
        Optional<Object> future = scalar(summary.futureDefault());
        if (past.isPresent()) {
            field = FieldMetadata.withPastDefault(field, past.get());
        }
        return future.isPresent() ? FieldMetadata.withFutureDefault(field, future.get()) : field;
    }

    /** A default as the wire has it; lists and objects are left out, since columns of such types have no default. */
    private static Optional<Object> scalar(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        if (value.isIntegralNumber()) {
            return Optional.of(value.canConvertToLong() ? (Object) value.longValue() : value.bigIntegerValue());
        }
        if (value.isNumber()) {
            return Optional.of(value.doubleValue());
        }
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
