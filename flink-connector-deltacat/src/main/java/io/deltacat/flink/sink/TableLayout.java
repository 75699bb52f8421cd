package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionScheme;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What decides how the rows of a table are written: its merge keys and partitions. Immutable.
 *
 * @param mergeKeys columns by which rows are merged, in the table's order; empty for a table that rows are only added to
 * @param partitions what rows are partitioned by, in the scheme's order; empty for an unpartitioned table
 */
@Internal
public record TableLayout(List<String> mergeKeys, List<PartitionColumn> partitions) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * One key of a partition scheme.
     *
     * @param column column it looks at
     * @param transform spelling of its transform, as {@code bucket(16)}; {@code identity} for the value itself
     */
    public record PartitionColumn(String column, String transform) implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        /** Checks that both are there. */
        public PartitionColumn {
            requireNonNull(column, "column");
            requireNonNull(transform, "transform");
        }

        /** Prints {@code transform of column}. */
        @Override
        public String toString() {
            return transform + " of " + column;
        }
    }

    /** Copies the lists. */
    public TableLayout {
        mergeKeys = new ArrayList<>(List.copyOf(mergeKeys));
        partitions = new ArrayList<>(List.copyOf(partitions));
    }

    /**
     * Reads the layout out of the server's words.
     *
     * @param mergeKeys merge keys of a table or session, or null if it has none
     * @param scheme its partition scheme, or null if it has none
     * @return the layout
     */
    public static TableLayout of(@Nullable List<String> mergeKeys, @Nullable PartitionScheme scheme) {
        List<PartitionColumn> partitions = new ArrayList<>();
        for (PartitionKey key : scheme == null ? List.<PartitionKey>of() : scheme.keys()) {
            String transform = key.transform() == null ? "identity" : key.transform();
            partitions.add(
                    new PartitionColumn(key.key().isEmpty() ? "" : key.key().get(0), transform));
        }
        return new TableLayout(mergeKeys == null ? List.of() : mergeKeys, partitions);
    }

    /**
     * Tells whether rows take the place of others.
     *
     * @return true if there are merge keys
     */
    public boolean isKeyed() {
        return !mergeKeys.isEmpty();
    }

    /**
     * Tells whether rows are in partitions.
     *
     * @return true if there are partition keys
     */
    public boolean isPartitioned() {
        return !partitions.isEmpty();
    }

    /**
     * Gives the partition scheme, without the id that the server has for it.
     *
     * @return scheme with the partition keys, none for an unpartitioned table
     */
    public PartitionScheme scheme() {
        return new PartitionScheme(
                null,
                partitions.stream()
                        .map(key -> new PartitionKey(List.of(key.column()), key.transform()))
                        .toList());
    }

    /**
     * Checks that a row never moves to another partition while it keeps its merge keys: keys are unique per partition, and a
     * change knows nothing of the place where its row was before.
     *
     * @param table the table, for the message
     * @throws SchemaDoesNotFit if a partition looks at a column that is no merge key
     */
    public void requireRowsStay(TableRef table) {
        for (PartitionColumn partition : partitions) {
            if (isKeyed() && !mergeKeys.contains(partition.column())) {
                throw new SchemaDoesNotFit(
                        "Table " + table + ": it is partitioned by " + partition
                                + ", which is not among its merge keys "
                                + mergeKeys + "; expected partitions of merge keys only, since a change of that column "
                                + "would leave the old row behind in its partition. Add the column to the merge keys, or "
                                + "partition the table by them.",
                        null);
            }
        }
    }
}
