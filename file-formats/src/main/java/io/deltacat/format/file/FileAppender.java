package io.deltacat.format.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes rows into one new file. {@link #finish()} publishes the file; {@link #close()} without it discards the file.
 * Confined to one thread.
 *
 * @param <R> class of the rows
 */
public interface FileAppender<R> extends Closeable {

    /**
     * Adds a row. The row may be reused by the caller afterwards.
     *
     * @param row the row
     * @throws io.deltacat.format.FormatException.InvalidRow if a value does not fit its column, such as null where the
     *     column is required; the appender must then be closed
     * @throws IOException if the storage fails; the appender must then be closed
     */
    void append(R row) throws IOException;

    /** Returns the number of rows appended so far. */
    long recordCount();

    /**
     * Returns about how long the file would be if it were finished now, in bytes; for rolling by size. Grows with every
     * row and costs little, but may be off by the compression of the rows still in memory.
     */
    long estimatedLength();

    /** Returns the bytes of heap held for rows that have not been written to storage yet. */
    long bufferedBytes();

    /**
     * Writes what is left and publishes the file. To be called once, before {@link #close()}.
     *
     * @return what a manifest entry says about the file
     * @throws IOException if the storage fails; the file is not published
     */
    FileStats finish() throws IOException;

    /** Releases the appender, and discards the file unless {@link #finish()} returned. May be called more than once. */
    @Override
    void close() throws IOException;
}
