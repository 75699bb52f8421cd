package io.deltacat.client.read;

import io.deltacat.client.read.file.FilteredBatch;
import io.deltacat.client.read.file.RowBatches;
import io.deltacat.client.read.merge.MergeOptions;
import io.deltacat.client.read.merge.MergedRows;
import io.deltacat.client.read.merge.PartitionMerge;
import io.deltacat.format.batch.ColumnBatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table that has to be merged, partition by partition. Confined to one thread. */
final class MergedTable implements RowBatches {
    private final Deque<PartitionDeltas> partitions;
    private final MergeOptions options;
    private final FilteredBatch columns;
    private @Nullable MergedRows rows;

    MergedTable(List<PartitionDeltas> partitions, MergeOptions options, FilteredBatch columns) {
        this.partitions = new ArrayDeque<>(partitions);
        this.options = options;
        this.columns = columns;
    }

    @Override
    public boolean nextBatch() throws IOException {
        while (true) {
            MergedRows open = rows;
            if (open == null) {
                PartitionDeltas next = partitions.poll();
                if (next == null) {
                    return false;
                }
                rows = PartitionMerge.merge(next.deltas(), options).rows(columns);
            } else if (open.nextBatch()) {
                return true;
            } else {
                close();
            }
        }
    }

    @Override
    public ColumnBatch batch() {
        return columns.shown();
    }

    @Override
    public int selectedCount() {
        return columns.selectedCount();
    }

    @Override
    public int selected(int index) {
        return columns.selected(index);
    }

    @Override
    public void skip(long count) {
        columns.skip(count);
    }

    @Override
    public void close() throws IOException {
        MergedRows open = rows;
        rows = null;
        if (open != null) {
            open.close();
        }
    }
}
