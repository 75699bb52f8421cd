package io.deltacat.server.machine;

import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** How the schema of written files and the schema of their table fit together (protocol/data-plane.md §1.10). Pure. */
public final class WriteSchemas {
    private WriteSchemas() {}

    /**
     * What a table must become so that it holds the columns of new files, matched by name: new columns are added, nullable,
     * and types are widened. Columns that a file lacks stay as they are.
     *
     * @param table the table's schema
     * @param files schemas of the files by the name of their entry, in order
     * @return the changes, each column once; empty if the table fits
     * @throws RefusedException naming entry and column of a type that neither fits nor widens the table's
     */
    public static List<SchemaUpdate> updates(Schema table, Map<String, Schema> files) {
        Map<String, Field> known = new HashMap<>();
        table.getFields().forEach(column -> known.put(column.getName(), column));
        Map<String, SchemaUpdate> updates = new LinkedHashMap<>();
        files.forEach((where, file) -> {
            for (Field column : file.getFields()) {
                Field now = known.get(column.getName());
                if (now == null) {
                    Field added =
                            new Field(column.getName(), FieldType.nullable(column.getType()), column.getChildren());
                    known.put(column.getName(), added);
                    updates.put(column.getName(), new SchemaUpdate.Add(where, added));
                } else if (isFlat(now) && isFlat(column) && !TypeChanges.keepsValues(column, now)) {
                    Field wider = wider(where, now, column);
                    known.put(column.getName(), wider);
                    updates.merge(
                            column.getName(),
                            new SchemaUpdate.UpdateType(where, column.getName(), wider),
                            (earlier, later) ->
                                    earlier instanceof SchemaUpdate.Add ? new SchemaUpdate.Add(where, wider) : later);
                }
            }
        });
        return new ArrayList<>(updates.values());
    }

    /**
     * Why files written for one schema of a table do not fit another one.
     *
     * @param written the schema they were written for
     * @param now the table's schema
     * @return words about the first column that does not fit; empty if all do
     */
    public static Optional<String> misfit(Schema written, Schema now) {
        Map<String, Field> columns = new HashMap<>();
        written.getFields().forEach(column -> columns.put(column.getName(), column));
        for (Field column : now.getFields()) {
            Field before = columns.get(column.getName());
            if (before == null) {
                boolean filled =
                        column.isNullable() || FieldMetadata.pastDefault(column).isPresent();
                if (!filled) {
                    return Optional.of("column '" + column.getName() + "' was added, not nullable and without default");
                }
            } else if (isFlat(before) && !TypeChanges.keepsValues(before, column)) {
                return Optional.of("column '" + column.getName() + "' changed from '" + TypeNames.displayName(before)
                        + "' to '" + TypeNames.displayName(column) + "'");
            }
        }
        return Optional.empty();
    }

    private static Field wider(String where, Field table, Field file) {
        if (TypeChanges.keepsValues(table, file)) {
            return new Field(
                    table.getName(),
                    new FieldType(table.isNullable(), file.getType(), null, table.getMetadata()),
                    file.getChildren());
        }
        throw Refusal.of(
                        RefusalKind.INVALID_REQUEST,
                        "field '" + where + ".path': column '" + table.getName() + "' of the file is '"
                                + TypeNames.displayName(file) + "', which neither fits the table's '"
                                + TypeNames.displayName(table) + "' nor widens it; cast it before writing")
                .with("field", where + ".path")
                .with("column", table.getName())
                .asException();
    }

    /** Differences inside nested columns are left to readers, which match nested fields themselves. */
    private static boolean isFlat(Field column) {
        return column.getChildren().isEmpty() && column.getDictionary() == null;
    }
}
