package io.deltacat.client.write;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.RowAccessor;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one partition into one file after the other. Confined to one thread.
 *
 * @param <R> class of the rows
 */
final class DataFileWriter<R> implements AutoCloseable {
    private final FileTarget target;
    private final int group;
    private final Schema schema;
    private final RowAccessor<R> rows;
    private final BiConsumer<String, FileStats> onFinished;
    private int files;
    private @Nullable FileAppender<R> appender;
    private String location = "?";

    /**
     * Creates a writer without a file.
     *
     * @param target where and how
     * @param group number of the partition group, or -1 for an unpartitioned table
     * @param firstFile number of its first file
     * @param schema columns of the files
     * @param rows how to get values out of a row
     * @param onFinished told location and statistics of each finished file
     */
    DataFileWriter(
            FileTarget target,
            int group,
            int firstFile,
            Schema schema,
            RowAccessor<R> rows,
            BiConsumer<String, FileStats> onFinished) {
        this.target = target;
        this.group = group;
        this.files = firstFile;
        this.schema = schema;
        this.rows = rows;
        this.onFinished = onFinished;
    }

    /** Returns how many files the group has so far, the one under way among them. */
    int files() {
        return files;
    }

    void append(R row) {
        FileAppender<R> open = appender == null ? openNext() : appender;
        try {
            open.append(row);
            if (open.recordCount() >= target.targetRecords() || open.estimatedLength() >= target.targetBytes()) {
                endFile();
            }
        } catch (InvalidValue e) {
            throw new FormatException.InvalidRow(
                    location, e.column(), open.recordCount(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw FileTarget.failed(location, "written", e);
        }
    }

    /** Finishes the file under way, if there is one. */
    void endFile() {
        FileAppender<R> open = appender;
        if (open == null) {
            return;
        }
        try {
            FileStats stats = open.finish();
            onFinished.accept(location, stats);
        } catch (IOException e) {
            throw FileTarget.failed(location, "finished", e);
        }
        close();
    }

    private FileAppender<R> openNext() {
        location = target.location(group, files++);
        try {
            FileAppender<R> opened =
                    target.format().openAppender(target.storage().output(location), schema, rows, target.options());
            appender = opened;
            return opened;
        } catch (IOException e) {
            throw FileTarget.failed(location, "created", e);
        }
    }

    @Override
    public void close() {
        FileAppender<R> open = appender;
        appender = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw FileTarget.failed(location, "discarded", e);
            }
        }
    }
}
