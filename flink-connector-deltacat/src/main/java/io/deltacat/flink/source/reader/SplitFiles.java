package io.deltacat.flink.source.reader;

import io.deltacat.client.storage.StorageAccess;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.feed.SourceFile;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import io.deltacat.format.registry.FormatRegistry;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/** Opens the rows of splits that are left to read. Confined to the fetcher thread. */
@Internal
final class SplitFiles {
    private final StorageAccess storage;
    private static final String GZIP = "gzip";
    private static final Set<String> FORMATS_THAT_UNZIP = Set.of("csv", "tsv", "psv", "unescaped_tsv", "json");

    private final FormatRegistry formats;
    private final ReadOptions options;

    /**
     * Builds an opener.
     *
     * @param storage where files are
     * @param formats formats at hand
     * @param options columns and batch size
     */
    SplitFiles(StorageAccess storage, FormatRegistry formats, ReadOptions options) {
        this.storage = storage;
        this.formats = formats;
        this.options = options;
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
        if (!readable(file)) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "File '%s' (delta %s) has format '%s' with encoding '%s'; expected encoding 'identity', or 'gzip' around text. Write the file without it."
                            .formatted(file.path(), split.delta(), file.format(), file.encoding()));
        }
        long first = Math.addExact(split.firstRow(), split.rowsRead());
        long count =
                split.rowCount() == DeltaCatSplit.TO_END ? DeltaCatSplit.TO_END : split.rowCount() - split.rowsRead();
        try {
            return formats.format(file.format())
                    .openReader(storage.input(file.path()), options.withRows(new RowRange(first, count)));
        } catch (FormatException e) {
            throw unreadable(split, e);
        } catch (IOException e) {
            throw unavailable(split, e);
        }
    }

    /** Whether the bytes are the format's own, or gzip around a text format, which its reader takes off by itself. */
    private static boolean readable(SourceFile file) {
        return file.encoding().equals(SourceFile.IDENTITY)
                || (file.encoding().equals(GZIP) && FORMATS_THAT_UNZIP.contains(file.format()));
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
