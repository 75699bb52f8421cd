package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.SchemaEvolution;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.flink.types.TypeFit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * What has to change in the columns of a table before it can hold the rows of a job. Immutable and pure; whether a column
 * may be widened as wished is the server's decision.
 *
 * @param added columns to add, all nullable
 * @param widened columns to change, with their new types
 */
@Internal
public record ColumnChanges(List<Field> added, List<Field> widened) {
    /** Copies the lists. */
    public ColumnChanges {
        added = List.copyOf(added);
        widened = List.copyOf(widened);
    }

    /**
     * Compares rows with a table.
     *
     * @param mode what may change
     * @param table columns of the table
     * @param rows type of the rows
     * @return the changes
     */
    public static ColumnChanges of(SchemaEvolution mode, Schema table, RowType rows) {
        requireNonNull(mode, "mode");
        List<Field> added = new ArrayList<>();
        List<Field> widened = new ArrayList<>();
        for (RowType.RowField column : rows.getFields()) {
            int index = indexOf(table, column.getName());
            if (index < 0 && mode != SchemaEvolution.NONE) {
                added.add(
                        LogicalTypes.toField(column.getName(), column.getType().copy(true)));
            } else if (index >= 0 && mode == SchemaEvolution.FULL) {
                Field there = table.getFields().get(index);
                if (TypeFit.write(column.getType().copy(there.isNullable()), there)
                        .isPresent()) {
                    widened.add(withTypeOf(there, LogicalTypes.toField(column.getName(), column.getType())));
                }
            }
        }
        return new ColumnChanges(added, widened);
    }

    private static int indexOf(Schema schema, String column) {
        List<Field> fields = schema.getFields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    private static Field withTypeOf(Field field, Field type) {
        return new Field(
                field.getName(),
                new FieldType(field.isNullable(), type.getType(), type.getDictionary(), field.getMetadata()),
                type.getChildren());
    }

    /**
     * Tells whether the table can stay as it is.
     *
     * @return true if there is nothing to change
     */
    public boolean isEmpty() {
        return added.isEmpty() && widened.isEmpty();
    }

    /**
     * Makes the changes in a copy.
     *
     * @param table columns of the table
     * @return columns that it has afterwards
     */
    public Schema appliedTo(Schema table) {
        List<Field> fields = new ArrayList<>();
        for (Field field : table.getFields()) {
            fields.add(widened.stream()
                    .filter(wider -> wider.getName().equals(field.getName()))
                    .findFirst()
                    .orElse(field));
        }
        fields.addAll(added);
        return new Schema(fields, table.getCustomMetadata());
    }
}
