package io.deltacat.client.read;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.StorageFailure;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Batches of one read, file by file in the plan's order. One batch is reused: it is valid until the next one is asked for.
 * Confined to one thread at a time.
 */
public final class TableBatches implements AutoCloseable {
    private final TableRef table;
    private final Iterator<ReadPlan> pages;
    private final StorageAccess storage;
    private final ReadOptions options;
    private final Schema schema;
    private final FileFormat format = new ParquetFormat();
    private final Deque<DataFile> files = new ArrayDeque<>();
    private final ColumnBatch batch;
    private @Nullable BatchReader reader;
    private @Nullable DataFile file;
    private boolean closed;

    TableBatches(TableRef table, Iterator<ReadPlan> pages, StorageAccess storage, ReadOptions options) {
        this.table = table;
        this.pages = pages;
        this.storage = storage;
        this.options = options;
        this.schema = options.columns() == null ? new Schema(List.of()) : options.columns();
        this.batch = new ColumnBatch(schema);
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
     * @throws io.deltacat.client.DeltaCatException if the next page of the plan failed
     */
    public boolean next() {
        if (closed) {
            throw new IllegalStateException("read of '" + table + "' is closed");
        }
        while (true) {
            try {
                if (reader != null && reader.nextBatch(batch)) {
                    return true;
                }
                closeReader();
                if (files.isEmpty() && !refill()) {
                    return false;
                }
                file = files.poll();
                if (file != null) {
                    reader = format.openReader(storage.input(file.path()), options);
                }
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /**
     * Gives the present batch.
     *
     * @return the batch the last {@link #next()} filled; valid until the next call
     */
    public ColumnBatch batch() {
        return batch;
    }

    /** Releases the file under way. Idempotent. */
    @Override
    public void close() {
        closed = true;
        try {
            closeReader();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private boolean refill() {
        while (files.isEmpty() && pages.hasNext()) {
            files.addAll(ScanFiles.of(table, pages.next()));
        }
        return !files.isEmpty();
    }

    private void closeReader() throws IOException {
        BatchReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }

    private StorageFailure failed(IOException cause) {
        String path = file == null ? "?" : file.path();
        boolean missing = cause instanceof NoSuchFileException;
        return new StorageFailure(
                FailureContextBuilder.builder()
                        .code(missing ? "file_missing" : "storage_error")
                        .problem("file '" + path + "' of table '" + table + "' "
                                + (missing ? "does not exist here" : "cannot be read (" + cause + ")"))
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
