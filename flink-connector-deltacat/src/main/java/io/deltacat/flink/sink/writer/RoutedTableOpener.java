package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.model.TableDescription;
import io.deltacat.flink.sink.RoutedTable;
import io.deltacat.flink.sink.SchemaDoesNotFit;
import io.deltacat.flink.sink.SchemaEvolution;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.flink.types.UnsupportedColumnTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * Opens the tables of a router: creates a missing one, brings its columns up to the rows, then asks for a place to write.
 * Two to five requests per table and writer. Confined to the mailbox thread.
 */
@Internal
final class RoutedTableOpener implements RoutedTables.Opener {
    private final RoutedTableSettings settings;
    private final WriterRuntime runtime;

    private RoutedTableOpener(RoutedTableSettings settings, WriterRuntime runtime) {
        this.settings = requireNonNull(settings, "settings");
        this.runtime = requireNonNull(runtime, "runtime");
    }

    /**
     * Makes the tables of a writer.
     *
     * @param settings how they are written
     * @param runtime what they share
     * @return the tables, none of them open
     */
    static RoutedTables tables(RoutedTableSettings settings, WriterRuntime runtime) {
        return new RoutedTables(
                new RoutedTableOpener(settings, runtime), settings.maxOpenTables(), settings.memoryBytes());
    }

    @Override
    public RoutedTables.OpenTable open(RoutedTable routed, int generation) {
        TableDescription found = upToDate(routed);
        RowType columns = columns(routed, found);
        TableWriter writer = TableWriter.open(
                new TableWriterSettings(
                        routed.table(),
                        columns,
                        routed.layout(),
                        routed.mode().map(mode -> mode.deltaMode()).orElse(settings.addingMode()),
                        settings.format(),
                        settings.formatName(),
                        settings.writeOptions(),
                        settings.policy(),
                        settings.uploads(),
                        settings.uploadTimeout(),
                        settings.upsertBufferBytes(),
                        settings.skipsInvalidRows()),
                runtime,
                new TableWriter.Beginning(
                        "." + Integer.toHexString(Objects.hashCode(found.schemaSerialized())), generation));
        return new RoutedTables.OpenTable(writer, columns);
    }

    private TableDescription upToDate(RoutedTable routed) {
        RowType rows = routed.rowType();
        if (rows != null && settings.createTables()) {
            MissingTable.createIfMissing(runtime.client(), routed.table(), rows, routed.layout());
        }
        if (rows != null && settings.evolution() != SchemaEvolution.NONE) {
            EvolvedTable.evolve(runtime.client(), routed.table(), rows, settings.evolution());
        }
        return runtime.client().catalog().describeTable(routed.table());
    }

    /** The table's own columns; those that Flink has no type for are left out, and written as null. */
    private static RowType columns(RoutedTable routed, TableDescription found) {
        Schema schema = TableSchemas.schemaOf(found.schemaSerialized(), found.schema())
                .orElseThrow(() -> new SchemaDoesNotFit(
                        "Table " + routed.table() + " has no schema; expected columns. Create the table with a schema, "
                                + "or choose another one.",
                        null));
        List<RowType.RowField> columns = new ArrayList<>();
        for (Field field : schema.getFields()) {
            try {
                columns.add(new RowType.RowField(field.getName(), LogicalTypes.toLogicalType(field)));
            } catch (UnsupportedColumnTypeException e) {
                boolean needed = routed.rowType() == null
                        || requireNonNull(routed.rowType()).getFieldIndex(field.getName()) >= 0;
                if (needed) {
                    throw new SchemaDoesNotFit("Table " + routed.table() + ": " + e.getMessage(), e);
                }
            }
        }
        return new RowType(false, columns);
    }
}
