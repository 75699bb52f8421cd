package io.deltacat.server.service;

import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.SortScheme;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.scan.ColumnTypes;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.TableVersionRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All schemas and schemes that the files of a table version may name. Immutable.
 *
 * @param schemas schemas by id
 * @param partitionSchemes partition schemes by id
 * @param sortSchemes sort schemes by id
 */
record PlanSchemas(
        Map<String, SchemaSpec> schemas,
        Map<String, PartitionScheme> partitionSchemes,
        Map<String, SortScheme> sortSchemes) {

    /** Reads them. */
    static PlanSchemas of(ReadView view, TableVersionRow version) {
        Map<String, SchemaSpec> schemas = new LinkedHashMap<>();
        view.catalog()
                .schemas(version.tableId(), version.tableVersion())
                .forEach((id, schema) -> schemas.put(id.toString(), schema));
        return new PlanSchemas(
                schemas, SchemeHistory.partitionSchemes(view, version), SchemeHistory.sortSchemes(view, version));
    }

    /** The types of the columns; empty for a schemaless table. */
    Optional<ColumnTypes> columnTypes(@Nullable SchemaSpec current) {
        if (current == null) {
            return Optional.empty();
        }
        Map<String, Schema> decoded = new LinkedHashMap<>();
        schemas.forEach((id, schema) -> decoded.put(id, ArrowSchemas.fromBase64(schema.serialized())));
        return Optional.of(new ColumnTypes(ArrowSchemas.fromBase64(current.serialized()), decoded));
    }

    /** The fields of every schema, by id. */
    Map<String, List<SchemaField>> fieldsById() {
        Map<String, List<SchemaField>> fields = new LinkedHashMap<>();
        schemas.forEach((id, schema) -> fields.put(id, schema.fields()));
        return fields;
    }

    /** Every schema in serialized form, by id. */
    Map<String, String> serializedById() {
        Map<String, String> serialized = new LinkedHashMap<>();
        schemas.forEach((id, schema) -> serialized.put(id, schema.serialized()));
        return serialized;
    }
}
