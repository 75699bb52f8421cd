package io.deltacat.client.write;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.StorageFailure;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into uniquely named files under a session's data directory and turns each finished file into an entry.
 * Confined to one thread.
 *
 * @param <R> class of the rows
 */
final class DataFileWriter<R> implements Closeable {
    private final WriteSession session;
    private final StorageAccess storage;
    private final FileFormat format;
    private final Schema schema;
    private final RowAccessor<R> rows;
    private final WriteOptions options;
    private final long targetFileBytes;
    private final String namePrefix;
    private final List<WriteEntry> entries = new ArrayList<>();
    private @Nullable FileAppender<R> appender;
    private @Nullable String location;

    DataFileWriter(
            WriteSession session,
            StorageAccess storage,
            FileFormat format,
            Schema schema,
            RowAccessor<R> rows,
            WriteOptions options,
            long targetFileBytes) {
        this.session = session;
        this.storage = storage;
        this.format = format;
        this.schema = schema;
        this.rows = rows;
        this.options = options;
        this.targetFileBytes = targetFileBytes;
        String uuid = UUID.randomUUID().toString().replace("-", "");
        // 12 hex digits as the Python client's names have; the rest makes names unique without any doubt
        this.namePrefix = "w-" + uuid.substring(0, 12) + "-" + uuid.substring(12);
    }

    void append(R row) {
        FileAppender<R> open = appender == null ? openNext() : appender;
        try {
            open.append(row);
            if (open.estimatedLength() >= targetFileBytes) {
                finishFile();
            }
        } catch (InvalidValue e) {
            throw new FormatException.InvalidRow(
                    String.valueOf(location), e.column(), open.recordCount(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    /** Finishes the file under way, if any, and returns the entries of all files in the order they were written. */
    List<WriteEntry> finish() {
        finishFile();
        return List.copyOf(entries);
    }

    /** Removes files that were finished; for a write that will never be committed. */
    void deleteFinished() {
        for (WriteEntry entry : entries) {
            String path = String.valueOf(entry.path());
            storage.store(path).delete(path);
        }
        entries.clear();
    }

    @Override
    public void close() {
        FileAppender<R> open = appender;
        appender = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw failed("discarded", e);
            }
        }
    }

    private FileAppender<R> openNext() {
        String next = StorageAccess.resolve(
                session.dataDir(), "%s-%05d%s".formatted(namePrefix, entries.size(), format.extension()));
        OutputFile file = storage.output(next);
        location = next;
        try {
            FileAppender<R> opened = format.openAppender(file, schema, rows, options);
            appender = opened;
            return opened;
        } catch (IOException e) {
            throw failed("created", e);
        }
    }

    private void finishFile() {
        FileAppender<R> open = appender;
        if (open == null || location == null) {
            return;
        }
        try {
            FileStats stats = open.finish();
            entries.add(WriteEntries.entry(location, stats, session.sortScheme()));
        } catch (IOException e) {
            throw failed("finished", e);
        }
        close();
    }

    private StorageFailure failed(String done, IOException cause) {
        return new StorageFailure(
                FailureContextBuilder.builder()
                        .code("storage_error")
                        .problem("file '" + location + "' cannot be " + done + " (" + cause + ")")
                        .retryable(true)
                        .cure("Check that the data directory is writable from here and has room, and write again.")
                        .build(),
                cause);
    }
}
