package io.deltacat.client.read.merge;

import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.read.file.FilteredBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The outcome of a merge: which rows of which files are alive. Immutable; may be read more than once. */
public final class MergedPartition {
    private final List<MergeDelta> deltas;
    private final List<DeadRows> dead;
    private final Schema schema;

    MergedPartition(List<MergeDelta> deltas, List<DeadRows> dead, Schema schema) {
        this.schema = schema;
        List<MergeDelta> data = new ArrayList<>();
        List<DeadRows> deadOfData = new ArrayList<>();
        for (int i = 0; i < deltas.size(); i++) {
            if (deltas.get(i).type() != DeltaType.DELETE) {
                data.add(deltas.get(i));
                deadOfData.add(dead.get(i));
            }
        }
        this.deltas = List.copyOf(data);
        this.dead = List.copyOf(deadOfData);
    }

    /**
     * Reads the living rows, oldest delta first, the rows of a delta in the order of its files.
     *
     * @param columns the wanted columns
     * @return a reader that the caller closes
     */
    public MergedRows rows(Schema columns) {
        return rows(columns, null);
    }

    /**
     * Reads those of the living rows that satisfy a filter. It is applied after the merge, as it has to be: below it, it
     * would bring back older rows of a key (protocol/data-plane.md §2.5).
     *
     * @param columns the wanted columns; those of the filter need not be among them
     * @param filter what rows have to satisfy, or null for all living rows
     * @return a reader that the caller closes
     * @throws IllegalArgumentException if the filter names a column the table lacks
     */
    public MergedRows rows(Schema columns, @Nullable Filter filter) {
        return rows(new FilteredBatch(schema, columns, filter));
    }

    /**
     * Reads living rows into a batch that serves several partitions one after the other.
     *
     * @param columns columns and filter
     * @return a reader that the caller closes
     */
    public MergedRows rows(FilteredBatch columns) {
        return new MergedRows(deltas, dead, columns);
    }
}
