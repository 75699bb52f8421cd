package io.deltacat.format.rowwise;

import java.io.IOException;

/** Opens the rows of one file from their start, as often as asked. */
@FunctionalInterface
public interface RowSourceOpener {

    /**
     * Opens the file; the caller closes what it gets.
     *
     * @throws IOException if the storage fails
     * @throws io.deltacat.format.FormatException if the file is not of its format
     */
    RowSource open() throws IOException;
}
