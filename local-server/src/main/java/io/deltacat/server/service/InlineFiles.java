package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.partition.PartitionKeys;
import io.deltacat.client.partition.PartitionTransformException;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.client.write.WriteEntries;
import io.deltacat.format.FormatException;
import io.deltacat.format.batch.BatchRow;
import io.deltacat.format.batch.BatchRowAccessor;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.json.JsonFormat;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of request bodies into data files: the values go through the reader of JSON lines, which knows how each type is
 * spelled, into the writer of the wanted format. Thread-safe.
 */
final class InlineFiles {
    private static final BatchRowAccessor ROWS = new BatchRowAccessor();
    private static final String LOCATION = "data";

    private final JsonFormat lines = new JsonFormat();
    private final StorageAccess storage = StorageAccess.standard();

    /**
     * Writes one file per partition.
     *
     * @param rows the rows, with every column they need
     * @param schema columns of the files
     * @param format format of the files
     * @param session where they go
     * @param uniqueName part of all file names that no other write has
     * @return the entries to commit; empty without rows
     * @throws RefusedException naming row and column of a value that does not fit
     */
    List<WriteEntry> write(
            List<ObjectNode> rows, Schema schema, FileFormat format, WriteSession session, String uniqueName) {
        List<WriteEntry> entries = new ArrayList<>();
        Map<List<@Nullable Object>, List<ObjectNode>> groups = groups(rows, schema, session.partitionScheme());
        groups.forEach((values, members) -> {
            String name = "part-%05d-%s-output%s".formatted(entries.size(), uniqueName, format.extension());
            String path = StorageAccess.resolve(session.dataDir(), name);
            FileStats stats = file(members, schema, format, path);
            entries.add(WriteEntryBuilder.builder(WriteEntries.entry(path, stats, session.sortScheme()))
                    .contentEncoding(format.contentEncoding().orElse(null))
                    .partitionValues(isPartitioned(session.partitionScheme()) ? values : null)
                    .partitionSchemeId(schemeId(session.partitionScheme()))
                    .build());
        });
        return entries;
    }

    /** Removes files that will never be committed. */
    void delete(List<WriteEntry> entries) {
        for (WriteEntry entry : entries) {
            String path = Objects.requireNonNull(entry.path(), "path");
            storage.store(path).delete(path);
        }
    }

    private Map<List<@Nullable Object>, List<ObjectNode>> groups(
            List<ObjectNode> rows, Schema schema, @Nullable PartitionScheme scheme) {
        Map<List<@Nullable Object>, List<ObjectNode>> groups = new LinkedHashMap<>();
        PartitionKeys<BatchRow> keys = partitionKeys(scheme, schema);
        int[] next = {0};
        read(rows, schema, row -> {
            List<@Nullable Object> values = keys == null ? List.of() : keys.of(row);
            groups.computeIfAbsent(values, key -> new ArrayList<>()).add(rows.get(next[0]++));
        });
        return groups;
    }

    private static @Nullable PartitionKeys<BatchRow> partitionKeys(@Nullable PartitionScheme scheme, Schema schema) {
        if (scheme == null || !isPartitioned(scheme)) {
            return null;
        }
        try {
            return PartitionKeys.of(scheme, schema, ROWS);
        } catch (PartitionTransformException e) {
            throw Refusal.of(RefusalKind.UNSUPPORTED, "the rows cannot be put into partitions: " + e.getMessage())
                    .asException();
        }
    }

    private FileStats file(List<ObjectNode> rows, Schema schema, FileFormat format, String path) {
        try (FileAppender<BatchRow> appender =
                format.openAppender(storage.output(path), schema, ROWS, WriteOptions.defaults())) {
            read(rows, schema, row -> {
                try {
                    appender.append(row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return appender.finish();
        } catch (FormatException.UnsupportedType e) {
            throw InlineRows.refused(LOCATION, "cannot be written as " + format.name() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write data file '" + path + "'", e);
        }
    }

    /** Takes one row at a time, so that a value that does not fit can be named. */
    private interface RowSink {
        void take(BatchRow row);
    }

    private void read(List<ObjectNode> rows, Schema schema, RowSink sink) {
        int number = 0;
        ReadOptions options = ReadOptions.columns(schema).withBatchRows(1);
        try (BatchReader reader = lines.openReader(new Text(rows), options)) {
            ColumnBatch batch = reader.newBatch();
            BatchRow row = new BatchRow();
            while (reader.nextBatch(batch)) {
                sink.take(row.moveTo(batch, 0));
                number++;
            }
        } catch (FormatException e) {
            throw misfit(e, number, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read rows from memory", e);
        }
    }

    private static RefusedException misfit(FormatException failure, int number, List<ObjectNode> rows) {
        String column = failure.column();
        if (column == null) {
            return InlineRows.refused(LOCATION, "row " + number + ": " + failure.getMessage());
        }
        JsonNode value = number < rows.size()
                ? rows.get(number).path(column)
                : rows.get(0).path(column);
        String field = LOCATION + "." + column + "[" + number + "]";
        if (value.isMissingNode() || value.isNull()) {
            return InlineRows.refused(field, "is missing, but the column is not nullable; send a value");
        }
        Throwable cause = failure.getCause();
        return InlineRows.refused(
                field,
                "is " + value + ": "
                        + (cause == null || cause.getMessage() == null ? failure.getMessage() : cause.getMessage()));
    }

    private static boolean isPartitioned(@Nullable PartitionScheme scheme) {
        return scheme != null && !scheme.keys().isEmpty();
    }

    private static @Nullable String schemeId(@Nullable PartitionScheme scheme) {
        return scheme == null || !isPartitioned(scheme) || scheme.id() == null
                ? null
                : scheme.id().asText();
    }

    /** Rows as JSON lines in memory. */
    private static final class Text implements InputFile {
        private final byte[] bytes;

        Text(List<ObjectNode> rows) {
            StringBuilder text = new StringBuilder();
            rows.forEach(row -> text.append(row).append('\n'));
            bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String location() {
            return LOCATION;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public RandomAccessInput open() {
            return new RandomAccessInput() {
                @Override
                public void readFully(long position, byte[] target, int offset, int length) throws IOException {
                    if (position + length > bytes.length) {
                        throw new EOFException("beyond the end of the rows");
                    }
                    System.arraycopy(bytes, Math.toIntExact(position), target, offset, length);
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }
    }
}
