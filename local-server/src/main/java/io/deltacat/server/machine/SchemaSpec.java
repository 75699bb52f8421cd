package io.deltacat.server.machine;

import io.deltacat.client.model.SchemaField;
import java.util.List;

/**
 * A table schema in the three forms the protocol shows it in. Immutable.
 *
 * @param serialized base64 of the Arrow IPC schema message
 * @param fields the fields as replies show them, in schema order
 * @param mergeKeys names of the merge key columns, in schema order; empty without merge keys
 */
public record SchemaSpec(String serialized, List<SchemaField> fields, List<String> mergeKeys) {
    /** Copies the lists. */
    public SchemaSpec {
        fields = List.copyOf(fields);
        mergeKeys = List.copyOf(mergeKeys);
    }
}
