package io.deltacat.client.read;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.StorageFailure;
import io.deltacat.client.TableRef;
import io.deltacat.client.read.file.FileReadException;
import io.deltacat.client.read.file.RowBatches;
import io.deltacat.format.batch.ColumnBatch;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Batches of one read: file by file in the plan's order, or partition by partition where rows are merged. Every row of a
 * batch is a row of the result. Batches are reused: one is valid until the next is asked for. Confined to one thread at a
 * time.
 */
public final class TableBatches implements AutoCloseable {
    private final TableRef table;
    private final Schema schema;
    private final RowBatches rows;
    private final ColumnBatch gathered;
    private ColumnBatch present;
    private int[] selection = new int[0];
    private boolean closed;

    TableBatches(TableRef table, Schema schema, RowBatches rows) {
        this.table = table;
        this.schema = schema;
        this.rows = rows;
        this.gathered = new ColumnBatch(schema);
        this.present = gathered;
    }

    /**
     * Gives the columns of the batches.
     *
     * @return the columns in the order wanted
     */
    public Schema schema() {
        return schema;
    }

    /**
     * Moves to the next batch. Blocks on storage, and on the server when the next page of the plan is needed.
     *
     * @return true if {@link #batch()} holds one row or more, false at the end
     * @throws StorageFailure if a file cannot be read
     * @throws io.deltacat.format.FormatException if a file is corrupt or does not fit the table
     * @throws io.deltacat.client.read.merge.MergeException if the rows cannot be merged as the plan says, or not with the
     *     memory allowed
     * @throws io.deltacat.client.DeltaCatException if the next page of the plan failed
     */
    public boolean next() {
        if (closed) {
            throw new IllegalStateException("read of '" + table + "' is closed");
        }
        try {
            if (!rows.nextBatch()) {
                return false;
            }
        } catch (IOException e) {
            throw failed(e);
        }
        int count = rows.selectedCount();
        if (count == rows.batch().size()) {
            present = rows.batch();
            return true;
        }
        if (selection.length < count) {
            selection = new int[rows.batch().size()];
        }
        for (int i = 0; i < count; i++) {
            selection[i] = rows.selected(i);
        }
        RowGather.copy(rows.batch(), selection, count, gathered);
        present = gathered;
        return true;
    }

    /**
     * Gives the present batch.
     *
     * @return the batch the last {@link #next()} filled, not always the same object; valid until the next call
     */
    public ColumnBatch batch() {
        return present;
    }

    /** Releases the file under way. Idempotent. */
    @Override
    public void close() {
        closed = true;
        try {
            rows.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private StorageFailure failed(IOException cause) {
        String path = cause instanceof FileReadException named ? named.location() : "?";
        Throwable reason = cause instanceof FileReadException ? cause.getCause() : cause;
        boolean missing = reason instanceof NoSuchFileException;
        return new StorageFailure(
                FailureContextBuilder.builder()
                        .code(missing ? "file_missing" : "storage_error")
                        .problem("file '" + path + "' of table '" + table + "' "
                                + (missing ? "does not exist here" : "cannot be read (" + reason + ")"))
                        .retryable(!missing)
                        .cure(
                                missing
                                        ? "Check that the data root is reachable from this machine; an old snapshot's files "
                                                + "may be gone, then plan again."
                                        : "Check the storage and read again.")
                        .build(),
                cause);
    }
}
