package io.deltacat.server.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.WireJson;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.write.WriteEntries;
import io.deltacat.format.batch.BatchRow;
import io.deltacat.format.batch.BatchRowAccessor;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.LocalOutputFile;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.EntryRowBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of a compacted partition into files of bounded size. Nobody reads them before their manifest is committed.
 * Confined to one thread.
 */
final class CompactionOutput implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionOutput.class);
    private static final JsonMapper MAPPER = WireJson.clientMapper();
    private static final long FILE_BYTES = 512L << 20;
    private static final long ROW_GROUP_BYTES = 32L << 20;

    private final FileFormat format;
    private final Schema schema;
    private final Path directory;
    private final long recordsPerFile;
    private final BatchRow row = new BatchRow();
    private final List<Path> paths = new ArrayList<>();
    private final List<FileStats> stats = new ArrayList<>();
    private @Nullable FileAppender<BatchRow> appender;

    CompactionOutput(FileFormat format, Schema schema, Path directory, long recordsPerFile) {
        this.format = format;
        this.schema = schema;
        this.directory = directory;
        this.recordsPerFile = recordsPerFile;
    }

    /** Adds a row. */
    void append(ColumnBatch batch, int index) throws IOException {
        FileAppender<BatchRow> open = appender;
        if (open == null) {
            Path path =
                    directory.resolve(String.format(Locale.ROOT, "compacted-%05d%s", paths.size(), format.extension()));
            paths.add(path);
            open = format.openAppender(
                    new LocalOutputFile(path),
                    schema,
                    new BatchRowAccessor(),
                    WriteOptions.defaults().withRowGroupBytes(ROW_GROUP_BYTES));
            appender = open;
        }
        open.append(row.moveTo(batch, index));
        if (open.recordCount() >= recordsPerFile || open.estimatedLength() >= FILE_BYTES) {
            finishFile();
        }
    }

    private void finishFile() throws IOException {
        FileAppender<BatchRow> open = appender;
        if (open != null) {
            stats.add(open.finish());
            open.close();
            appender = null;
        }
    }

    /** Finishes the last file and gives the manifest. */
    List<EntryRow> finish(PartitionInput input, UnaryOperator<String> toStored) throws IOException {
        finishFile();
        List<EntryRow> entries = new ArrayList<>();
        for (int i = 0; i < stats.size(); i++) {
            WriteEntry entry = WriteEntries.entry(
                    paths.get(i).toString(), stats.get(i), input.version().sortScheme());
            Long schemaId = input.version().schemaId();
            entries.add(EntryRowBuilder.builder()
                    .ordinal(i)
                    .path(toStored.apply(paths.get(i).toString()))
                    .recordCount(stats.get(i).recordCount())
                    .contentLength(stats.get(i).contentLength())
                    .sourceContentLength(stats.get(i).sourceContentLength())
                    .contentEncoding(format.contentEncoding().orElse(null))
                    .schemaId(schemaId == null ? null : schemaId.toString())
                    .sortSchemeId(entry.sortSchemeId())
                    .entryType("data")
                    .columnStats(json(entry))
                    .build());
        }
        return entries;
    }

    private static String json(WriteEntry entry) {
        try {
            return MAPPER.writeValueAsString(entry.columnStats());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode the statistics of '" + entry.path() + "'", e);
        }
    }

    /** Deletes what was written; for a compaction that was overtaken or failed. */
    void discard() {
        try {
            close();
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LOG.warn("directory={} of a compaction that was given up could not be deleted", directory, e);
        }
    }

    @Override
    public void close() throws IOException {
        FileAppender<BatchRow> open = appender;
        appender = null;
        if (open != null) {
            open.close();
        }
    }
}
