package io.deltacat.flink.sink.writer;

import io.deltacat.flink.sink.commit.FinishedFile;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;

/** Turns the rows of one table into files, between one barrier and the next. Confined to the mailbox thread. */
@Internal
interface TableRows extends AutoCloseable {
    /**
     * Takes a row.
     *
     * @param row the row; may be reused by the caller afterwards
     * @throws io.deltacat.flink.sink.RowRefused if the table takes no such row
     * @throws io.deltacat.flink.sink.FileNotWritten if the storage fails
     * @throws InterruptedException if the task is cancelled
     */
    void write(RowData row) throws InterruptedException;

    /**
     * Ends what belongs to the barrier and waits until it is stored.
     *
     * @return all files since the last call
     * @throws io.deltacat.flink.sink.FileNotWritten if a file could not be finished
     * @throws InterruptedException if the task is cancelled
     */
    List<FinishedFile> finish() throws InterruptedException;

    /** Discards what is not finished. Idempotent. */
    @Override
    void close() throws IOException;

    /** Returns the bytes of memory that rows take which are in no finished file, as known at the last look. */
    long heldBytes();

    /**
     * Turns what is held in memory into files, which go with the others at the next barrier.
     *
     * @throws io.deltacat.flink.sink.FileNotWritten if the storage fails
     * @throws InterruptedException if the task is cancelled
     */
    void relieve() throws InterruptedException;

    /**
     * Returns the number of the generation that the next change belongs to; what writes the same table after this one and
     * before the next barrier begins with it.
     */
    int generation();
}
