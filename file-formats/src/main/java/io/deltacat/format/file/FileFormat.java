package io.deltacat.format.file;

import java.io.IOException;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/** A way to store rows in a file, such as Parquet. Immutable and thread-safe. */
public interface FileFormat {

    /** Returns the short content type used on the wire, such as {@code parquet}. */
    String name();

    /** Returns what file names end with, dot included, such as {@code .parquet}. */
    String extension();

    /**
     * Returns the {@code content_encoding} that a manifest entry of a file written by this format carries, empty if the
     * entry carries none (protocol/data-plane.md §1.5).
     */
    default Optional<String> contentEncoding() {
        return Optional.empty();
    }

    /**
     * Opens a file for reading. The footer is read and the wanted columns are matched now, so an unreadable file or a type
     * that does not fit fails here; data pages are read by {@link BatchReader#nextBatch}.
     *
     * @param file the file
     * @param options columns, rows and batch size
     * @return a reader the caller closes
     * @throws IOException if the storage fails; may be retried
     * @throws io.deltacat.format.FormatException if the file is corrupt or does not fit the options; do not retry
     */
    BatchReader openReader(InputFile file, ReadOptions options) throws IOException;

    /**
     * Opens a new file for writing.
     *
     * @param file the file
     * @param schema columns of the file, in the order of the accessor's column indexes
     * @param rows how to get values out of a row
     * @param options codec and sizes
     * @param <R> class of the rows
     * @return an appender the caller closes
     * @throws IOException if the storage refuses the file
     * @throws io.deltacat.format.FormatException.UnsupportedType if the format cannot store a column's type
     */
    <R> FileAppender<R> openAppender(OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options)
            throws IOException;
}
