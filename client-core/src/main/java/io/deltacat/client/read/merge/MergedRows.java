package io.deltacat.client.read.merge;

import io.deltacat.client.read.file.FilteredBatch;
import io.deltacat.client.read.file.RowBatches;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the living rows of a merged partition batch by batch. Confined to one thread. */
public final class MergedRows implements RowBatches {
    private final List<MergeDelta> deltas;
    private final List<DeadRows> dead;
    private FilteredBatch columns;
    private int delta;
    private int file;
    private @Nullable BatchReader reader;

    MergedRows(List<MergeDelta> deltas, List<DeadRows> dead, FilteredBatch columns) {
        this.deltas = deltas;
        this.dead = dead;
        this.columns = columns;
    }

    @Override
    public boolean nextBatch() throws IOException {
        while (true) {
            BatchReader current = reader;
            if (current == null) {
                if (!openNext()) {
                    return false;
                }
                continue;
            }
            passOverDead(current);
            if (current.nextBatch(columns.filled())) {
                if (selectLiving(current.position() - columns.filled().size())) {
                    return true;
                }
            } else {
                current.close();
                reader = null;
                file++;
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

    /**
     * Fills another batch from the next {@link #nextBatch} on, so that batches can be handed to another thread. Rows still to
     * be skipped stay with the batch they were asked of: change it only after a batch was filled.
     *
     * @param next a batch of the same columns and filter
     */
    public void into(FilteredBatch next) {
        columns = next;
    }

    @Override
    public void skip(long rows) {
        columns.skip(rows);
    }

    private boolean openNext() throws IOException {
        while (delta < deltas.size()) {
            List<MergeFile> files = deltas.get(delta).files();
            if (file == files.size()) {
                delta++;
                file = 0;
            } else if (dead.get(delta).isAllDead(file)) {
                file++;
            } else {
                reader = files.get(file).open(columns.options(ReadOptions.all()));
                return true;
            }
        }
        return false;
    }

    /** Spares decoding where the next rows are dead. */
    private void passOverDead(BatchReader current) throws IOException {
        long position = current.position();
        long living = dead.get(delta).nextLiving(file, position);
        if (living > position) {
            current.skip(living - position);
        }
    }

    private boolean selectLiving(long firstRow) {
        DeadRows deadRows = dead.get(delta);
        if (!deadRows.any(file)) {
            return columns.selectAll();
        }
        int[] rows = columns.candidates();
        return columns.select(deadRows.living(file, firstRow, columns.filled().size(), rows));
    }

    @Override
    public void close() throws IOException {
        BatchReader open = reader;
        reader = null;
        delta = deltas.size();
        if (open != null) {
            open.close();
        }
    }
}
