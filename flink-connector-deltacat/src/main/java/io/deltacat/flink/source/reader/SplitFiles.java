package io.deltacat.flink.source.reader;

import io.deltacat.client.storage.StorageAccess;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.feed.SourceFile;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/** Opens the rows of splits that are left to read. Confined to the fetcher thread. */
@Internal
final class SplitFiles {
    private final StorageAccess storage;
    private final Map<String, FileFormat> formats;
    private final ReadOptions options;

    /**
     * Builds an opener.
     *
     * @param storage where files are
     * @param formats formats by short name
     * @param options columns and batch size
     */
    SplitFiles(StorageAccess storage, Map<String, FileFormat> formats, ReadOptions options) {
        this.storage = storage;
        this.formats = Map.copyOf(formats);
        this.options = options;
    }

    /** Returns the formats this connector reads. */
    static Map<String, FileFormat> standardFormats() {
        FileFormat parquet = new ParquetFormat();
        return Map.of(parquet.name(), parquet);
    }

    /**
     * Opens what is left of a split.
     *
     * @param split the split
     * @return a reader to be closed, at the first row not emitted yet
     * @throws IOException when the storage fails
     * @throws DeltaCatSourceException.UnreadableFile when the file is corrupt or does not fit the columns
     */
    BatchReader open(DeltaCatSplit split) throws IOException {
        SourceFile file = split.file();
        FileFormat format = formats.get(file.format());
        if (format == null || !file.encoding().equals(SourceFile.IDENTITY)) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "File '%s' (delta %s) has format '%s' with encoding '%s'; expected one of %s with encoding 'identity'. Write the table in one of these formats."
                            .formatted(
                                    file.path(),
                                    split.delta(),
                                    file.format(),
                                    file.encoding(),
                                    new TreeSet<>(formats.keySet())));
        }
        long first = Math.addExact(split.firstRow(), split.rowsRead());
        long count =
                split.rowCount() == DeltaCatSplit.TO_END ? DeltaCatSplit.TO_END : split.rowCount() - split.rowsRead();
        try {
            return format.openReader(storage.input(file.path()), options.withRows(new RowRange(first, count)));
        } catch (FormatException e) {
            throw unreadable(split, e);
        } catch (IOException e) {
            throw unavailable(split, e);
        }
    }

    /** Names the file and the delta in a failure of the format. */
    static DeltaCatSourceException.UnreadableFile unreadable(DeltaCatSplit split, FormatException cause) {
        return new DeltaCatSourceException.UnreadableFile(
                "Delta %s, file '%s' cannot be read: %s"
                        .formatted(split.delta(), split.file().path(), cause.getMessage()),
                cause);
    }

    /** Names the file and the delta in a failure of the storage. */
    static IOException unavailable(DeltaCatSplit split, IOException cause) {
        return new IOException(
                "Delta %s, file '%s' cannot be reached: %s. Check the storage; the job goes on from its last checkpoint."
                        .formatted(split.delta(), split.file().path(), cause.getMessage()),
                cause);
    }
}
