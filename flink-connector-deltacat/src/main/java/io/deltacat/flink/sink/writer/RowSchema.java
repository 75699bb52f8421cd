package io.deltacat.flink.sink.writer;

import io.deltacat.client.TableRef;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.TableDescription;
import io.deltacat.flink.sink.SchemaDoesNotFit;
import io.deltacat.flink.sink.SchemaEvolution;
import io.deltacat.flink.types.RowDataAccessor;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The schema that files of a table are written with, checked against the rows of the job. Immutable.
 *
 * @param schema columns of the table
 * @param rows how to get the values out of a row
 */
@Internal
public record RowSchema(Schema schema, RowDataAccessor rows) {
    /**
     * Checks the rows of a job against a table.
     *
     * @param table the table, for messages
     * @param description the server's own words
     * @param rowType type of the rows
     * @return the schema
     * @throws SchemaDoesNotFit naming table, column and both types
     */
    public static RowSchema of(TableRef table, TableDescription description, RowType rowType) {
        return of(table, description, rowType, SchemaEvolution.NONE);
    }

    /**
     * Checks the rows of a job against a table as it will be when the job has changed it.
     *
     * @param table the table, for messages
     * @param description the server's own words
     * @param rowType type of the rows
     * @param evolution what the job may change
     * @return the schema
     * @throws SchemaDoesNotFit naming table, column and both types
     */
    public static RowSchema of(
            TableRef table, TableDescription description, RowType rowType, SchemaEvolution evolution) {
        Schema schema = schemaOf(table, description.schemaSerialized(), description.schema(), rowType);
        return of(table, ColumnChanges.of(evolution, schema, rowType).appliedTo(schema), rowType);
    }

    /**
     * Checks the rows of a job against a schema in one of its wire forms.
     *
     * @param table the table, for messages
     * @param serialized base64 Arrow IPC schema, or null
     * @param fields field summaries, or null
     * @param rowType type of the rows
     * @return the schema
     * @throws SchemaDoesNotFit naming table, column and both types
     */
    static RowSchema of(
            TableRef table, @Nullable String serialized, @Nullable List<SchemaField> fields, RowType rowType) {
        return of(table, schemaOf(table, serialized, fields, rowType), rowType);
    }

    private static Schema schemaOf(
            TableRef table, @Nullable String serialized, @Nullable List<SchemaField> fields, RowType rowType) {
        return TableSchemas.schemaOf(serialized, fields)
                .orElseThrow(() -> new SchemaDoesNotFit(
                        "Table " + table + " has no schema; expected columns " + rowType.getFieldNames()
                                + ". Create the table with a schema, or choose another one.",
                        null));
    }

    private static RowSchema of(TableRef table, Schema schema, RowType rowType) {
        try {
            return new RowSchema(schema, new RowDataAccessor(rowType, schema));
        } catch (IllegalArgumentException e) {
            throw new SchemaDoesNotFit(
                    "Table " + table + ": " + e.getMessage() + ". Change the type of the rows, or the table.", e);
        }
    }
}
