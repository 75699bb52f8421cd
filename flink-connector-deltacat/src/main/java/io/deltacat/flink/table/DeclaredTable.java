package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.TableLayout;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a {@code CREATE TABLE} statement says about a table, options aside. Immutable.
 *
 * @param rowType declared physical columns
 * @param primaryKey columns of {@code PRIMARY KEY}, empty if there is none
 * @param partitionColumns columns of {@code PARTITIONED BY}, empty if there is none
 */
@Internal
record DeclaredTable(RowType rowType, List<String> primaryKey, List<String> partitionColumns) {

    DeclaredTable {
        requireNonNull(rowType, "rowType");
        primaryKey = List.copyOf(primaryKey);
        partitionColumns = List.copyOf(partitionColumns);
    }

    /** Returns whether changes and deletions of rows can be written. */
    boolean isKeyed() {
        return !primaryKey.isEmpty();
    }

    /** Returns what a table is created with for this declaration. */
    TableLayout layout() {
        return new TableLayout(
                primaryKey,
                partitionColumns.stream()
                        .map(column -> new TableLayout.PartitionColumn(column, "identity"))
                        .toList());
    }

    /**
     * Compares this declaration with what the table is.
     *
     * @param table merge keys and partitions of the table
     * @return what does not fit, what was expected and the cure; empty if the declaration may be used for writing
     */
    Optional<String> mismatch(TableLayout table) {
        if (!new LinkedHashSet<>(primaryKey).equals(new LinkedHashSet<>(table.mergeKeys()))) {
            String declared =
                    primaryKey.isEmpty() ? "no PRIMARY KEY is declared" : "PRIMARY KEY " + primaryKey + " is declared";
            String cure = table.isKeyed()
                    ? "Declare PRIMARY KEY (" + String.join(", ", table.mergeKeys()) + ") NOT ENFORCED."
                    : "Remove the PRIMARY KEY, or write to a table with merge keys.";
            return Optional.of(declared + " but the table has "
                    + (table.isKeyed() ? "merge keys " + table.mergeKeys() : "no merge keys")
                    + "; expected the table's merge keys as primary key. " + cure);
        }
        for (String column : partitionColumns) {
            if (table.partitions().stream()
                    .noneMatch(partition -> partition.column().equals(column)
                            && partition.transform().equals("identity"))) {
                return Optional.of("PARTITIONED BY " + partitionColumns
                        + " is declared but the table is partitioned by "
                        + table.partitions() + "; expected columns by whose values the table is partitioned. Declare "
                        + "those, or leave PARTITIONED BY out.");
            }
        }
        return Optional.empty();
    }
}
