package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Where a router sends a row, and what that table is. Make one per table and type of rows, and use it again: the sink
 * recognizes the same object fastest. Immutable.
 */
@PublicEvolving
public final class RoutedTable implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final TableRef table;
    private final @Nullable RowType rowType;
    private final TableLayout layout;
    private final @Nullable SinkMode mode;

    private RoutedTable(TableRef table, @Nullable RowType rowType, TableLayout layout, @Nullable SinkMode mode) {
        this.table = requireNonNull(table, "table");
        this.rowType = rowType;
        this.layout = requireNonNull(layout, "layout");
        this.mode = mode;
    }

    /**
     * Names a table whose rows have its own columns, in its order; it must exist.
     *
     * @param table the table
     * @return a table without merge keys and partitions
     */
    public static RoutedTable of(TableRef table) {
        return new RoutedTable(table, null, new TableLayout(List.of(), List.of()), null);
    }

    /**
     * Names a table and the type of the rows, whose columns are matched with the table's by name.
     *
     * @param table the table; created with these columns if it is missing and the sink may create tables
     * @param rowType type of the rows
     * @return a table without merge keys and partitions
     */
    public static RoutedTable of(TableRef table, RowType rowType) {
        return new RoutedTable(table, requireNonNull(rowType, "rowType"), new TableLayout(List.of(), List.of()), null);
    }

    /**
     * Says by which columns rows take the place of others.
     *
     * @param columns merge keys, in the table's order
     * @return this table with merge keys
     * @throws IllegalStateException if the type of the rows is not given, without which no key can be found in a row
     */
    public RoutedTable mergedBy(String... columns) {
        if (rowType == null) {
            throw new IllegalStateException("Table " + table + " is merged by " + List.of(columns)
                    + " but the type of its rows is not given; expected RoutedTable.of(table, rowType).");
        }
        return new RoutedTable(table, rowType, new TableLayout(List.of(columns), layout.partitions()), mode);
    }

    /**
     * Adds a partition key.
     *
     * @param column column it looks at
     * @param transform spelling of its transform, as {@code bucket(16)}; {@code identity} for the value itself
     * @return this table with one more partition key
     */
    public RoutedTable partitionedBy(String column, String transform) {
        List<TableLayout.PartitionColumn> partitions = new ArrayList<>(layout.partitions());
        partitions.add(new TableLayout.PartitionColumn(column, transform));
        return new RoutedTable(table, rowType, new TableLayout(layout.mergeKeys(), partitions), mode);
    }

    /**
     * Says how rows are added to this table, if not as the sink's option says.
     *
     * @param value the mode; without meaning for a table with merge keys
     * @return this table with a mode
     */
    public RoutedTable mode(SinkMode value) {
        return new RoutedTable(table, rowType, layout, requireNonNull(value, "mode"));
    }

    /** Returns the table. */
    public TableRef table() {
        return table;
    }

    /** Returns the type of the rows, null for the table's own columns. */
    public @Nullable RowType rowType() {
        return rowType;
    }

    /** Returns merge keys and partitions. */
    @Internal
    public TableLayout layout() {
        return layout;
    }

    /** Returns how rows are added, empty for what the sink's option says. */
    public Optional<SinkMode> mode() {
        return Optional.ofNullable(mode);
    }

    /** Prints the table's name. */
    @Override
    public String toString() {
        return table.toString();
    }
}
