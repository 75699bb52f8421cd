package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/**
 * A row and where it goes. Immutable.
 *
 * @param table the table
 * @param row the row; of any kind if the table has merge keys, else an inserted one
 */
@PublicEvolving
public record RoutedRow(RoutedTable table, RowData row) {
    /** Checks that both are there. */
    public RoutedRow {
        requireNonNull(table, "table");
        requireNonNull(row, "row");
    }
}
