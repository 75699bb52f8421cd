package io.deltacat.flink.table;

import io.deltacat.flink.types.TypeFit;
import io.deltacat.flink.types.TypeMismatch;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;

/**
 * Compares the columns declared in Flink with those of the table on the server, by name and case-sensitive. Pure.
 */
final class SchemaMatch {

    private final String name;
    private final String table;
    private final Schema schema;
    private final RowType declared;

    /**
     * @param name how the table is called in Flink, for messages
     * @param table how it is called on the server, for messages
     * @param schema the table's columns
     * @param declared the declared physical columns
     */
    SchemaMatch(String name, String table, Schema schema, RowType declared) {
        this.name = name;
        this.table = table;
        this.schema = schema;
        this.declared = declared;
    }

    /**
     * Checks that every declared column can be read.
     *
     * @throws ValidationException naming the column and both types, if one is missing or does not fit
     */
    void checkReadable() {
        for (RowType.RowField column : declared.getFields()) {
            Field field = require(column.getName());
            refuse(TypeFit.read(field, column.getType()));
        }
    }

    /**
     * Checks that every declared column can be written and that the table needs no other.
     *
     * @throws ValidationException naming the column and both types, if one is missing or does not fit
     */
    void checkWritable() {
        for (RowType.RowField column : declared.getFields()) {
            Field field = require(column.getName());
            refuse(TypeFit.write(column.getType(), field));
        }
        for (Field field : schema.getFields()) {
            if (!field.isNullable() && !declared.getFieldNames().contains(field.getName())) {
                throw new ValidationException(prefix() + "column '" + field.getName()
                        + "' must not be null in the table but is not declared; expected every column without nulls to "
                        + "be written. Declare it, NOT NULL, in the CREATE TABLE statement.");
            }
        }
    }

    private Field require(String column) {
        return schema.getFields().stream()
                .filter(field -> field.getName().equals(column))
                .findFirst()
                .orElseThrow(() -> missing(column));
    }

    private ValidationException missing(String column) {
        List<String> names = schema.getFields().stream().map(Field::getName).toList();
        return new ValidationException(
                prefix() + "column '" + column + "' is declared but not in the table; expected one " + "of " + names
                        + " (names are case-sensitive). " + closest(names, column));
    }

    private static String closest(Collection<String> names, String column) {
        return ClosestName.among(names, column)
                .map(close -> "Did you mean '" + close + "'?")
                .orElse("Remove the column, or add it to the table.");
    }

    private void refuse(Optional<TypeMismatch> mismatch) {
        if (mismatch.isPresent()) {
            throw new ValidationException(
                    prefix() + mismatch.get().describe() + ". Change the declared column, or the table.");
        }
    }

    private String prefix() {
        return "Table " + name + ", DeltaCAT table '" + table + "': ";
    }
}
