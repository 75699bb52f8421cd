package io.deltacat.flink.sink.writer;

import io.deltacat.flink.sink.commit.FinishedFile;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Turns records into files, between one barrier and the next. Confined to the mailbox thread.
 *
 * @param <T> class of the records
 */
@Internal
interface RecordWriter<T> extends AutoCloseable {
    /**
     * Takes a record.
     *
     * @param record the record; may be reused by the caller afterwards
     * @return false if its table cannot hold the row and it was left out
     * @throws io.deltacat.flink.sink.RowRefused if its table takes no such row
     * @throws io.deltacat.flink.sink.FileNotWritten if the storage fails
     * @throws InterruptedException if the task is cancelled
     */
    boolean write(T record) throws InterruptedException;

    /**
     * Ends what belongs to the barrier and waits until it is stored.
     *
     * @return all files since the last call
     * @throws io.deltacat.flink.sink.RowRefused if a row that was kept in memory cannot be held by its table
     * @throws io.deltacat.flink.sink.FileNotWritten if a file could not be finished
     * @throws InterruptedException if the task is cancelled
     */
    List<FinishedFile> finish() throws InterruptedException;

    /** Discards what is not finished; registers and aborts nothing. Idempotent. */
    @Override
    void close() throws IOException;
}
