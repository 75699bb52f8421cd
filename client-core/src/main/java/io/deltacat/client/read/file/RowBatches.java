package io.deltacat.client.read.file;

import io.deltacat.format.batch.ColumnBatch;
import java.io.Closeable;
import java.io.IOException;

/**
 * Rows batch by batch, to be pulled. A batch holds the rows of a file as they are; which of them count is said by {@link
 * #selected}, so that rows are never moved. Confined to one thread at a time.
 *
 * <pre>{@code
 * while (rows.nextBatch()) {
 *     for (int i = 0; i < rows.selectedCount(); i++) {
 *         use(rows.batch(), rows.selected(i));
 *     }
 * }
 * }</pre>
 */
public interface RowBatches extends Closeable {
    /**
     * Moves to the next batch of which at least one row counts. Blocks on storage.
     *
     * @return false at the end
     * @throws IOException if the storage fails; the reader must then be closed
     * @throws io.deltacat.format.FormatException if a file is corrupt or does not fit the columns; likewise
     */
    boolean nextBatch() throws IOException;

    /** Returns the current batch, always the same object, its content valid until the next call of {@link #nextBatch}. */
    ColumnBatch batch();

    /** Returns how many rows of the batch count, 1 or more. */
    int selectedCount();

    /**
     * Returns a row that counts.
     *
     * @param index 0 to {@code selectedCount() - 1}
     * @return its row number in the batch, larger than that of the index before
     */
    int selected(int index);

    /**
     * Passes over rows that would have been selected, beginning with the next batch; for going on where an earlier read of
     * the same rows stopped. Rows come in the same order every time.
     *
     * @param rows number of rows, 0 or more; more than there are is the end
     */
    void skip(long rows);

    /** Releases the file under way. May be called more than once. */
    @Override
    void close() throws IOException;
}
