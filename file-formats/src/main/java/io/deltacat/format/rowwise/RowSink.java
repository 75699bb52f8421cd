package io.deltacat.format.rowwise;

import java.io.Closeable;
import java.io.IOException;

/**
 * Encodes rows in one format into an open file it does not own. Confined to one thread.
 *
 * @param <R> class of the rows
 */
public interface RowSink<R> extends Closeable {

    /**
     * Encodes a row.
     *
     * @param row the row; not kept
     * @param rowIndex its 0-based index in the file, for messages
     * @throws IOException if the storage fails
     * @throws io.deltacat.format.FormatException.InvalidRow if a value does not fit
     */
    void write(R row, long rowIndex) throws IOException;

    /** Returns about how many bytes the rows held in memory will add to the file. */
    long pendingLength();

    /** Returns the bytes of heap held for rows that have not been handed to the file. */
    long bufferedBytes();

    /**
     * Writes what is left; no row comes afterwards.
     *
     * @throws IOException if the storage fails
     */
    void end() throws IOException;

    /** Releases memory outside the heap, if there is any; never writes. */
    @Override
    void close();
}
