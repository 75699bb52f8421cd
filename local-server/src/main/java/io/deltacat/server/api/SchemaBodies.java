package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.SchemaFieldInput;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.service.TableService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes {@code schema_def}: base64 text, or a list of field objects (protocol/control-plane.md §6.2). */
final class SchemaBodies {
    private SchemaBodies() {}

    /** The schema; null if there is none. */
    static @Nullable SchemaSpec decode(String field, @Nullable JsonNode definition) {
        if (definition == null || definition.isNull()) {
            return null;
        }
        if (definition.isTextual()) {
            return TableService.schema(field, definition.textValue(), null);
        }
        if (!definition.isArray()) {
            throw Bodies.invalid(field, "has the wrong type; expected a base64 Arrow schema or a list of fields");
        }
        List<SchemaFieldInput> fields = new ArrayList<>();
        for (int i = 0; i < definition.size(); i++) {
            String where = field + "[" + i + "]";
            if (!definition.get(i).isObject()) {
                throw Bodies.invalid(where, "has the wrong type; expected an object");
            }
            fields.add(Bodies.part(where, definition.get(i), SchemaFieldInput.class));
        }
        return TableService.schema(field, null, fields);
    }
}
