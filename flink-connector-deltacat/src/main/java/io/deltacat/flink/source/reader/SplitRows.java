package io.deltacat.flink.source.reader;

import java.io.Closeable;
import java.io.IOException;
import org.apache.flink.annotation.Internal;

/** The rows of one split, from where it is to be resumed. Confined to the fetcher thread. */
@Internal
interface SplitRows extends Closeable {
    /**
     * Fills a batch with the next rows, ready to be emitted.
     *
     * @param target the batch
     * @return false at the end, when the batch holds nothing
     * @throws IOException if the storage fails
     */
    boolean next(RowBatch target) throws IOException;

    /** Tells whether the batch filled last is known to be the last one. */
    boolean ended();
}
