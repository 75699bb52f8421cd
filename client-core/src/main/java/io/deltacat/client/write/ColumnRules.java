package io.deltacat.client.write;

import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.WriteSession;
import io.deltacat.format.schema.FieldMetadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a write have to look like (protocol/data-plane.md §1.8, §1.10). Immutable.
 *
 * @param required columns that every row names
 * @param converts whether values of another class than the column's are converted where that loses nothing
 * @param extensible whether rows may bring columns the table does not have
 * @param deletes whether rows are keys to delete
 */
record ColumnRules(Set<String> required, boolean converts, boolean extensible, boolean deletes) {

    /**
     * Reads the rules of a table from its session.
     *
     * @param typed whether files say the types of their columns, so that the server can add columns it finds in them
     */
    static ColumnRules of(WriteSession session, WriteMode mode, boolean typed) {
        Set<String> required = new LinkedHashSet<>();
        boolean deletes = mode == WriteMode.DELETE;
        if ((deletes || mode == WriteMode.MERGE) && session.mergeKeys() != null) {
            required.addAll(session.mergeKeys());
        }
        if (deletes && session.partitionScheme() != null) {
            for (PartitionKey key : session.partitionScheme().keys()) {
                required.addAll(key.key().subList(0, Math.min(1, key.key().size())));
            }
        }
        return new ColumnRules(
                required,
                !isOf(session.schemaConsistencyType(), "validate"),
                typed && isOf(session.schemaEvolutionMode(), "auto"),
                deletes);
    }

    /** Whether values of a column are converted; the column's own setting beats the table's. */
    boolean converts(Field field) {
        return FieldMetadata.consistencyType(field)
                .map(type -> !isOf(type, "validate"))
                .orElse(converts);
    }

    /** The columns of the files: what the table stores, nullable where the rows only say what to delete. */
    Schema fileSchema(Schema table) {
        List<Field> fields = new ArrayList<>();
        for (Field field : table.getFields()) {
            if (FieldMetadata.isComputed(field)) {
                continue;
            }
            boolean relaxed = deletes && !field.isNullable() && !required.contains(field.getName());
            fields.add(
                    relaxed
                            ? new Field(
                                    field.getName(),
                                    new FieldType(true, field.getType(), field.getDictionary(), field.getMetadata()),
                                    field.getChildren())
                            : field);
        }
        return new Schema(fields, table.getCustomMetadata());
    }

    /** Servers spell these settings with or without the name of their enum in front. */
    private static boolean isOf(@Nullable String setting, String wanted) {
        return setting != null && setting.toLowerCase(Locale.ROOT).endsWith(wanted);
    }
}
