package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.types.RowDataAccessor;
import io.deltacat.flink.types.UnwritableValueException;
import io.deltacat.format.batch.VectorKind;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;

/**
 * Finds out whether a table can hold a row before any of it is written: nulls where the column must not have any, and flat
 * values out of the column's range. Values inside lists, maps and structs are not looked at. Immutable.
 */
@Internal
public final class RowCheck {
    private final List<Field> columns;
    private final VectorKind[] kinds;
    private final RowDataAccessor rows;

    /**
     * Creates a check.
     *
     * @param schema columns of the table
     * @param rows access to the rows
     */
    public RowCheck(Schema schema, RowDataAccessor rows) {
        this.columns = schema.getFields();
        this.kinds = columns.stream().map(VectorKind::of).toArray(VectorKind[]::new);
        this.rows = requireNonNull(rows, "rows");
    }

    /**
     * Checks a row.
     *
     * @param row the row
     * @return what is wrong with the first column that cannot hold its value; empty if there is none
     */
    public Optional<String> problemOf(RowData row) {
        for (int column = 0; column < kinds.length; column++) {
            if (rows.isNullAt(row, column)) {
                if (!columns.get(column).isNullable()) {
                    return Optional.of("Column '" + columns.get(column).getName()
                            + "': value 'null' cannot be stored; expected a value, since the table's column must not hold "
                            + "null. Filter or change such rows in the query.");
                }
                continue;
            }
            try {
                touch(row, column);
            } catch (UnwritableValueException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private void touch(RowData row, int column) {
        switch (kinds[column]) {
            case INT -> rows.getInt(row, column);
            case LONG -> rows.getLong(row, column);
            // Every value of these has a place.
            case BOOLEAN, FLOAT, DOUBLE, BYTES, LIST, MAP, STRUCT -> {}
        }
    }
}
