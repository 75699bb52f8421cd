package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.ColumnVector;
import java.io.IOException;

/** Reads one wanted top-level column of a file, row group by row group. Confined to one thread. */
interface ColumnReader {

    /**
     * Starts at the first row of a row group.
     *
     * @param rowGroup the row group's column chunks, opened
     */
    void startRowGroup(RowGroupPages rowGroup);

    /**
     * Fills a vector with the next rows of the row group.
     *
     * @param target the vector; what it held is gone
     * @param rows number of rows, not more than the row group has left
     */
    void read(ColumnVector target, int rows) throws IOException;

    /**
     * Passes over the next rows of the row group.
     *
     * @param rows number of rows, not more than the row group has left
     */
    void skip(long rows) throws IOException;

    /** Checks, when all rows of the row group have been read, that its pages hold no more. */
    void endRowGroup() throws IOException;
}
