package io.deltacat.client.write;

/**
 * Takes rows and turns them into files. Confined to one thread.
 *
 * @param <R> class of the rows
 */
interface RowSink<R> extends AutoCloseable {
    /** Adds a row, which may be reused afterwards. */
    void append(R row);

    /** Ends the files under way, so that what comes later goes into others. */
    void endFiles();

    /** Discards the files under way; ended ones are left alone. Idempotent. */
    @Override
    void close();
}
