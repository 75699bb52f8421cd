package io.deltacat.format.parquet.read;

/**
 * How much of one column a batch may hold. A batch of several rows is kept far below what an array can hold, whatever the
 * file says; a single row may take what fits. Confined to one thread.
 */
final class BatchLimit {

    /** Bytes of values of one column in a batch of several rows. */
    static final int MAX_BYTES = 256 << 20;

    /** Entries of lists and maps of one column in a batch of several rows. */
    static final int MAX_ENTRIES = 8 << 20;

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 16;
    private static final int MAX_ENTRIES_OF_ROW = 64 << 20;

    private int bytes = MAX_BYTES;
    private int entries = MAX_ENTRIES;

    /** Starts a batch of so many rows. */
    void start(int rows) {
        bytes = rows > 1 ? MAX_BYTES : MAX_ARRAY;
        entries = rows > 1 ? MAX_ENTRIES : MAX_ENTRIES_OF_ROW;
    }

    /**
     * Returns where values end.
     *
     * @param start where they start in the batch
     * @param length their bytes
     * @throws OversizedBatchException if they do not fit the batch
     */
    int end(long start, long length) {
        if (length > bytes - start) {
            throw new OversizedBatchException((start + length) + " bytes of values");
        }
        return (int) (start + length); // at most MAX_ARRAY
    }

    /**
     * Returns a new number of entries.
     *
     * @throws OversizedBatchException if they do not fit the batch
     */
    int entries(long before, long more) {
        if (more > entries - before) {
            throw new OversizedBatchException((before + more) + " list elements");
        }
        return (int) (before + more); // at most MAX_ENTRIES_OF_ROW
    }
}
