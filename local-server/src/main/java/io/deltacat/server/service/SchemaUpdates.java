package io.deltacat.server.service;

import io.deltacat.client.model.SchemaFieldInput;
import io.deltacat.client.model.SchemaUpdateInput;
import io.deltacat.client.model.SchemaUpdateOperationInput;
import io.deltacat.format.FormatException;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SchemaUpdate;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Reads the steps of {@code schema_updates} (protocol/control-plane.md §6.2). */
final class SchemaUpdates {
    private static final String FIELD = "schema_updates.operations";

    private SchemaUpdates() {}

    /** The steps in order; empty for none. */
    static List<SchemaUpdate> of(@Nullable SchemaUpdateInput input) {
        List<SchemaUpdate> updates = new ArrayList<>();
        if (input == null) {
            return updates;
        }
        for (int i = 0; i < input.operations().size(); i++) {
            String where = FIELD + "[" + i + "]";
            @Nullable SchemaUpdateOperationInput operation = input.operations().get(i);
            if (operation == null) {
                throw refused(where, "is null; leave it out or say what to do");
            }
            updates.add(update(where, operation));
        }
        return updates;
    }

    private static SchemaUpdate update(String where, SchemaUpdateOperationInput operation) {
        @Nullable String op = operation.op();
        if (op == null) {
            throw refused(where + ".op", "is missing; expected one of add, remove, update_type");
        }
        return switch (op) {
            case "add" -> new SchemaUpdate.Add(where, added(where + ".field", operation.field()));
            case "remove" ->
                new SchemaUpdate.Remove(where, required(where + ".field_locator", operation.fieldLocator()));
            case "update_type" -> {
                String name = required(where + ".field_locator", operation.fieldLocator());
                yield new SchemaUpdate.UpdateType(
                        where,
                        name,
                        typed(where + ".new_type", name, required(where + ".new_type", operation.newType())));
            }
            default -> throw refused(where + ".op", "is '" + op + "'; expected one of add, remove, update_type");
        };
    }

    private static Field added(String where, @Nullable SchemaFieldInput field) {
        if (field == null) {
            throw refused(where, "is missing; describe the column to add");
        }
        if (field.fieldId() != null) {
            throw refused(where + ".field_id", "is " + field.fieldId() + "; the server gives ids, leave it out");
        }
        return SchemaSpecs.arrowField(where, field);
    }

    private static Field typed(String where, String name, String type) {
        try {
            return TypeNames.field(name, type, true);
        } catch (FormatException e) {
            throw refused(where, "is '" + type + "': " + e.getMessage());
        }
    }

    private static String required(String where, @Nullable String given) {
        if (given == null || given.isEmpty()) {
            throw refused(where, "is missing; this operation needs it");
        }
        return given;
    }

    private static RefusedException refused(String field, String why) {
        return Refusal.of(RefusalKind.INVALID_FIELD, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
