package io.deltacat.server.machine;

import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How a table's schema changes (protocol/data-plane.md §1.10). A change is compatible if readers of the new schema can read the
 * old files, and writers and readers of the old schema still work; others need leave. Ids of columns stay, and no id is used
 * again. Pure.
 */
public final class SchemaEvolution {
    private SchemaEvolution() {}

    /**
     * What hangs on columns of a table version.
     *
     * @param partitionColumns columns of its partition scheme
     * @param sortColumns columns of its sort scheme
     */
    public record Bindings(Set<String> partitionColumns, Set<String> sortColumns) {
        /** Copies. */
        public Bindings {
            partitionColumns = Set.copyOf(partitionColumns);
            sortColumns = Set.copyOf(sortColumns);
        }
    }

    /**
     * Applies steps in order.
     *
     * @param schema the schema now
     * @param updates the steps; each sees what the ones before it did
     * @param allowIncompatible whether a step may break readers or writers of the old schema
     * @param bindings what hangs on the columns
     * @param highestFieldId highest column id that any schema of the version used
     * @return the new schema, each column with its id
     * @throws RefusedException naming the step and the column
     */
    public static Schema apply(
            Schema schema,
            List<SchemaUpdate> updates,
            boolean allowIncompatible,
            Bindings bindings,
            int highestFieldId) {
        Map<String, Field> columns = new LinkedHashMap<>();
        schema.getFields().forEach(column -> columns.put(column.getName(), column));
        for (SchemaUpdate update : updates) {
            if (update instanceof SchemaUpdate.Add add) {
                add(columns, add, allowIncompatible);
            } else if (update instanceof SchemaUpdate.Remove remove) {
                remove(columns, remove, allowIncompatible, bindings);
            } else if (update instanceof SchemaUpdate.UpdateType change) {
                updateType(columns, change, allowIncompatible, bindings);
            }
        }
        List<Field> fields = new ArrayList<>(columns.values());
        FieldRules.checkTogether("schema_updates", fields);
        return FieldIds.assigned(new Schema(fields, schema.getCustomMetadata()), highestFieldId);
    }

    private static void add(Map<String, Field> columns, SchemaUpdate.Add add, boolean allowIncompatible) {
        Field column = add.column();
        if (columns.containsKey(column.getName())) {
            throw Refusal.of(
                            RefusalKind.ALREADY_EXISTS,
                            "field '" + add.where() + "' adds column '" + column.getName()
                                    + "', which the table has already; choose another name or update its type")
                    .with("field", add.where())
                    .with("column", column.getName())
                    .asException();
        }
        FieldRules.check(add.where() + ".field", column);
        if (FieldMetadata.isMergeKey(column)) {
            throw refused(
                    add.where(),
                    column.getName(),
                    "adds a merge key, which would change what rows are the same; create a new table version");
        }
        boolean required = !column.isNullable();
        boolean hasDefaults = FieldMetadata.pastDefault(column).isPresent()
                && FieldMetadata.futureDefault(column).isPresent();
        if (required && !hasDefaults && !allowIncompatible) {
            throw refused(
                    add.where(),
                    column.getName(),
                    "adds a column that is not nullable, which files and writers so far do not have; make it nullable, give"
                            + " it past_default and future_default, or set allow_incompatible_changes");
        }
        columns.put(column.getName(), column);
    }

    private static void remove(
            Map<String, Field> columns, SchemaUpdate.Remove remove, boolean allowIncompatible, Bindings bindings) {
        Field column = find(columns, remove.where(), remove.name());
        requireUnbound(remove.where(), column, bindings, "removes");
        if (bindings.sortColumns().contains(column.getName())) {
            throw refused(
                    remove.where(),
                    column.getName(),
                    "removes a column of the sort scheme; change the sort scheme first");
        }
        boolean special = FieldMetadata.isEventTime(column)
                || FieldMetadata.mergeOrder(column).isPresent();
        boolean required =
                !column.isNullable() && FieldMetadata.futureDefault(column).isEmpty();
        if ((special || required) && !allowIncompatible) {
            throw refused(
                    remove.where(),
                    column.getName(),
                    (special ? "removes the event time or a merge order" : "removes a column that readers so far need")
                            + "; set allow_incompatible_changes if that is meant");
        }
        if (columns.size() == 1) {
            throw refused(remove.where(), column.getName(), "removes the last column; a schema needs one");
        }
        columns.remove(column.getName());
    }

    private static void updateType(
            Map<String, Field> columns, SchemaUpdate.UpdateType change, boolean allowIncompatible, Bindings bindings) {
        Field column = find(columns, change.where(), change.name());
        Field type = change.type();
        if (!TypeChanges.keepsValues(column, type) && !allowIncompatible) {
            throw refused(
                    change.where(),
                    column.getName(),
                    "changes type '" + TypeNames.displayName(column) + "' to '" + TypeNames.displayName(type)
                            + "', which cannot hold every stored value; choose a wider type or set"
                            + " allow_incompatible_changes");
        }
        boolean same =
                column.getType().equals(type.getType()) && column.getChildren().equals(type.getChildren());
        if (same) {
            return;
        }
        requireUnbound(change.where(), column, bindings, "changes the type of");
        Field changed = new Field(
                column.getName(),
                new FieldType(column.isNullable(), type.getType(), type.getDictionary(), column.getMetadata()),
                type.getChildren());
        FieldRules.check(change.where(), changed);
        columns.put(column.getName(), changed);
    }

    /** Keys decide where rows are and which are the same; what is stored would not fit them any more. */
    private static void requireUnbound(String where, Field column, Bindings bindings, String does) {
        String role = FieldMetadata.isMergeKey(column)
                ? "a merge key"
                : bindings.partitionColumns().contains(column.getName()) ? "a partition column" : "";
        if (!role.isEmpty()) {
            throw refused(where, column.getName(), does + " " + role + "; create a new table version");
        }
    }

    private static Field find(Map<String, Field> columns, String where, String name) {
        Field column = columns.get(name);
        if (column == null) {
            throw Refusal.of(
                            RefusalKind.NOT_FOUND,
                            "field '" + where + ".field_locator' names column '" + name
                                    + "', which the table does not have; it has " + columns.keySet())
                    .with("field", where + ".field_locator")
                    .with("column", name)
                    .asException();
        }
        return column;
    }

    private static RefusedException refused(String where, String column, String why) {
        return Refusal.of(RefusalKind.INVALID_REQUEST, "field '" + where + "', column '" + column + "': it " + why)
                .with("field", where)
                .with("column", column)
                .asException();
    }
}
