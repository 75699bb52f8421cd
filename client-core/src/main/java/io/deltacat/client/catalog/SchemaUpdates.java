package io.deltacat.client.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.MergeOrderInput;
import io.deltacat.client.model.SchemaFieldInput;
import io.deltacat.client.model.SchemaFieldInputBuilder;
import io.deltacat.client.model.SchemaUpdateInput;
import io.deltacat.client.model.SchemaUpdateOperationInput;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Collects the changes of a table's columns that {@link CatalogClient#alterTable} makes at once (protocol/data-plane.md
 * §1.10). Confined to one thread.
 *
 * <pre>{@code
 * SchemaUpdateInput updates = SchemaUpdates.begin()
 *         .add(TypeNames.field("note", "string", true))
 *         .updateType("amount", TypeNames.field("amount", "int64", true))
 *         .build();
 * }</pre>
 */
public final class SchemaUpdates {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final List<SchemaUpdateOperationInput> operations = new ArrayList<>();
    private boolean incompatible;

    private SchemaUpdates() {}

    /** Begins without any change. */
    public static SchemaUpdates begin() {
        return new SchemaUpdates();
    }

    /**
     * Adds a column. Rows of older files have its past default there, else null.
     *
     * @param field the column; merge key, defaults and the like are in its metadata, see {@link FieldMetadata}
     * @return these changes
     */
    public SchemaUpdates add(Field field) {
        operations.add(new SchemaUpdateOperationInput("add", input(field), null, null));
        return this;
    }

    /**
     * Removes a column.
     *
     * @param column its name
     * @return these changes
     */
    public SchemaUpdates remove(String column) {
        operations.add(new SchemaUpdateOperationInput("remove", null, column, null));
        return this;
    }

    /**
     * Changes the type of a column.
     *
     * @param column its name
     * @param type a field of the new type; its name does not matter
     * @return these changes
     */
    public SchemaUpdates updateType(String column, Field type) {
        operations.add(new SchemaUpdateOperationInput("update_type", null, column, TypeNames.nameOf(type)));
        return this;
    }

    /**
     * Also makes changes after which older rows cannot be read as they were, such as narrower types.
     *
     * @return these changes
     */
    public SchemaUpdates allowIncompatibleChanges() {
        incompatible = true;
        return this;
    }

    /**
     * Returns the changes in the form of the wire.
     *
     * @throws IllegalStateException if there is none
     */
    public SchemaUpdateInput build() {
        if (operations.isEmpty()) {
            throw new IllegalStateException("schema updates: there is no change; expected at least one.");
        }
        return new SchemaUpdateInput(operations, incompatible);
    }

    /**
     * Describes a column in the form that creates it.
     *
     * @param field the column with its metadata
     * @return the wire form
     */
    public static SchemaFieldInput input(Field field) {
        return SchemaFieldInputBuilder.builder()
                .name(field.getName())
                .type(TypeNames.nameOf(field))
                .nullable(field.isNullable())
                .isMergeKey(FieldMetadata.isMergeKey(field))
                .isEventTime(FieldMetadata.isEventTime(field))
                .mergeOrder(FieldMetadata.mergeOrder(field)
                        .map(SchemaUpdates::order)
                        .orElse(null))
                .pastDefault(json(FieldMetadata.pastDefault(field)))
                .futureDefault(json(FieldMetadata.futureDefault(field)))
                .consistencyType(FieldMetadata.consistencyType(field).orElse(null))
                .doc(FieldMetadata.doc(field).orElse(null))
                .build();
    }

    private static MergeOrderInput order(Object packed) {
        if (packed instanceof List<?> parts && !parts.isEmpty()) {
            return new MergeOrderInput(
                    String.valueOf(parts.get(0)), parts.size() > 1 ? String.valueOf(parts.get(1)) : null);
        }
        return new MergeOrderInput(String.valueOf(packed), null);
    }

    private static @Nullable JsonNode json(Optional<Object> value) {
        return value.isPresent() ? JSON.valueToTree(value.get()) : null;
    }
}
