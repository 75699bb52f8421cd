package io.deltacat.format.rowwise;

import io.deltacat.format.batch.ColumnBatch;
import java.io.Closeable;
import java.io.IOException;

/** The rows of one open file, one after the other. Confined to one thread. */
public interface RowSource extends Closeable {

    /**
     * Directs the following rows into a batch of the wanted columns.
     *
     * @param target the batch, empty; valid until the next call
     */
    void bind(ColumnBatch target);

    /**
     * Reads the next row into the bound batch.
     *
     * @param row index of the row in the batch: 0 first after {@link #bind}, then one more each time
     * @return false, with the batch unchanged, at the end of the file
     * @throws IOException if the storage fails
     * @throws io.deltacat.format.FormatException if the row cannot be read; the source is then of no use
     */
    boolean readRow(int row) throws IOException;

    /**
     * Passes over the next row.
     *
     * @return false at the end of the file
     * @throws IOException if the storage fails
     */
    boolean skipRow() throws IOException;

    /** Returns about how many bytes of values have been read so far; never falls. */
    long bytesRead();
}
