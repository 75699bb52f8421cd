package io.deltacat.client.read.merge;

import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the living rows of a merged partition batch by batch. A batch holds the rows of the file as they are; which of
 * them are alive is said by {@link #selected}. Confined to one thread.
 */
public final class MergedRows implements Closeable {
    private final List<MergeDelta> deltas;
    private final List<DeadRows> dead;
    private final Schema columns;
    private final ColumnBatch batch;
    private int[] selection = new int[0];
    private int selectedCount;
    private int delta;
    private int file;
    private long position;
    private @Nullable BatchReader reader;

    MergedRows(List<MergeDelta> deltas, List<DeadRows> dead, Schema columns) {
        this.deltas = deltas;
        this.dead = dead;
        this.columns = columns;
        this.batch = new ColumnBatch(columns);
    }

    /**
     * Moves to the next batch that has a living row.
     *
     * @return false at the end
     * @throws IOException if the storage fails; the reader must then be closed
     */
    public boolean nextBatch() throws IOException {
        while (true) {
            BatchReader current = reader;
            if (current == null) {
                if (!openNext()) {
                    return false;
                }
            } else if (current.nextBatch(batch)) {
                select();
                position += batch.size();
                if (selectedCount > 0) {
                    return true;
                }
            } else {
                current.close();
                reader = null;
                file++;
            }
        }
    }

    /** Returns the current batch, valid until the next call of {@link #nextBatch}. */
    public ColumnBatch batch() {
        return batch;
    }

    /** Returns how many rows of the batch are alive. */
    public int selectedCount() {
        return selectedCount;
    }

    /**
     * Returns a living row of the batch.
     *
     * @param index 0 to {@code selectedCount() - 1}
     * @return its row number in the batch
     */
    public int selected(int index) {
        return selection[index];
    }

    private boolean openNext() throws IOException {
        while (delta < deltas.size()) {
            List<MergeFile> files = deltas.get(delta).files();
            if (file < files.size()) {
                reader = files.get(file).open(columns);
                position = 0;
                return true;
            }
            delta++;
            file = 0;
        }
        return false;
    }

    private void select() {
        if (selection.length < batch.size()) {
            selection = new int[batch.size()];
        }
        DeadRows deadRows = dead.get(delta);
        int count = 0;
        boolean allAlive = deadRows.none();
        for (int row = 0; row < batch.size(); row++) {
            if (allAlive || !deadRows.isDead(file, position + row)) {
                selection[count++] = row;
            }
        }
        selectedCount = count;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
        delta = deltas.size();
        reader = null;
    }
}
