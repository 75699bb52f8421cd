package io.deltacat.format.file;

import io.deltacat.format.batch.ColumnBatch;
import java.io.Closeable;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads the selected rows of one file, batch by batch. Confined to one thread at a time. */
public interface BatchReader extends Closeable {

    /** Returns the columns of the batches: the wanted ones, or all columns of the file. */
    Schema schema();

    /**
     * Returns the number of rows of the row range that the file has: what this reader yields from start to end, together
     * with the rows it leaves out because of a predicate. Formats
     * that store no row count (delimited text, JSON lines) read the whole file once more to tell, so ask only if you need it.
     *
     * @throws IOException if the storage fails
     * @throws io.deltacat.format.FormatException.CorruptFile if the rows cannot be counted
     */
    long rowCount() throws IOException;

    /**
     * Returns how many of these rows have been read, skipped or left out so far. The rows of a batch lie side by side in the
     * file: right after {@link #nextBatch} its last row is the one before this position, so that a later reader goes on
     * behind row {@code i} of the batch from {@code rows().first() + position() - size() + i + 1}. Rows that a predicate
     * leaves out are counted when the next batch is read.
     */
    long position();

    /**
     * Returns a new empty batch for {@link #nextBatch}. A batch fits every reader whose {@link #schema()} is equal.
     */
    default ColumnBatch newBatch() {
        return new ColumnBatch(schema());
    }

    /**
     * Fills a batch with the next rows.
     *
     * @param target a batch of this reader's {@link #schema()}; what it held is gone
     * @return true if the batch holds one row or more, false (and an empty batch) at the end
     * @throws IOException if the storage fails; the reader must then be closed
     * @throws io.deltacat.format.FormatException.CorruptFile if the data cannot be decoded; the reader must then be closed
     */
    boolean nextBatch(ColumnBatch target) throws IOException;

    /**
     * Passes over rows without decoding more than necessary. Skipping beyond the end is an end, not an error.
     *
     * @param rows number of rows, 0 or more
     * @throws IOException if the storage fails
     */
    void skip(long rows) throws IOException;

    /** Releases the file. Batches filled before stay valid. May be called more than once. */
    @Override
    void close() throws IOException;
}
