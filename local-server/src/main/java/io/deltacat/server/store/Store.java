package io.deltacat.server.store;

import java.util.function.Function;

/**
 * The metadata store. Thread-safe. Reads see one snapshot; writes are applied one after the other, each whole or not at all,
 * and are durable when {@link #write} returns. Several writes may share one flush to disk.
 */
public interface Store extends AutoCloseable {
    /**
     * Reads.
     *
     * @param snapshot which commits to see; a time in the past waits for commits that are under way with an earlier time, so
     *     that the same time always reads the same
     * @param query what to read; runs on the calling thread, must not keep the view
     * @param <T> result type
     * @return the query's result
     * @throws StoreUnavailableException if the store is closed or its file cannot be read
     */
    <T> T read(Snapshot snapshot, Function<ReadView, T> query);

    /**
     * Changes.
     *
     * @param work what to change; runs on the store's writer thread, must not block, must not keep the unit. An exception
     *     from it takes back everything it did and is thrown to the caller
     * @param <T> result type
     * @return the work's result, once durable
     * @throws StoreUnavailableException if the store is closed or could not make it durable; nothing was applied
     */
    <T> T write(Function<WriteUnit, T> work);

    /** Ends running work and closes the files. Idempotent. */
    @Override
    void close();
}
