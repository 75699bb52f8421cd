package io.deltacat.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import io.deltacat.format.file.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What holds for every format, bound to one by a subclass. */
abstract class FormatConformance {
    private static final int DAMAGE_ROUNDS = Integer.getInteger("conformance.rounds", 400);

    private final String file;
    private final FileFormat format;

    FormatConformance(String file, FileFormat format) {
        this.file = file;
        this.format = format;
    }

    CanonicalTable table() {
        return CanonicalTable.golden().get(file);
    }

    byte[] golden() throws IOException {
        try (InputStream stream = getClass().getResourceAsStream("/golden/pythonclient/" + file)) {
            return stream.readAllBytes();
        }
    }

    ReadOptions options(Schema schema) {
        return ReadOptions.columns(schema).withStoredColumns(schema);
    }

    @Test
    void readsWhatThePythonClientWrote() throws IOException {
        CanonicalTable table = table();
        assertThat(read(golden(), options(table.schema()))).containsExactlyElementsOf(table.rows());
    }

    @Test
    void readsItsOwnFilesInAnyBatchSize() throws IOException {
        CanonicalTable table = table();
        byte[] written = write(table.schema(), table.rows(), WriteOptions.defaults());
        for (int batchRows = 1; batchRows <= table.rows().size() + 1; batchRows++) {
            ReadOptions options = options(table.schema()).withBatchRows(batchRows);
            assertThat(read(written, options)).containsExactlyElementsOf(table.rows());
        }
        assertThat(read(written, options(table.schema()).withBatchBytes(1))).containsExactlyElementsOf(table.rows());
    }

    @Test
    void readsRangesAndSkips() throws IOException {
        CanonicalTable table = table();
        byte[] written = write(table.schema(), table.rows(), WriteOptions.defaults());
        int size = table.rows().size();
        for (int first = 0; first <= size + 1; first++) {
            for (int count = 0; count <= size + 1; count++) {
                int from = Math.min(first, size);
                int to = Math.min(from + count, size);
                ReadOptions options = options(table.schema()).withRows(new RowRange(first, count));
                assertThat(read(written, options))
                        .containsExactlyElementsOf(table.rows().subList(from, to));
                try (BatchReader reader = format.openReader(new BytesFile(written), options)) {
                    assertThat(reader.rowCount()).isEqualTo(to - from);
                    reader.skip(1);
                    assertThat(reader.position()).isEqualTo(Math.min(1, to - from));
                    assertThat(CanonicalTable.readAll(reader))
                            .containsExactlyElementsOf(table.rows().subList(Math.min(from + 1, to), to));
                }
            }
        }
    }

    @Test
    void readsSomeColumnsInAnotherOrder() throws IOException {
        CanonicalTable table = table();
        List<String> names = new ArrayList<>(
                table.schema().getFields().stream().map(Field::getName).toList());
        Collections.reverse(names);
        for (int i = 0; i < names.size(); i++) {
            CanonicalTable some = table.select(names.subList(i, Math.min(i + 2, names.size())));
            ReadOptions options = ReadOptions.columns(some.schema()).withStoredColumns(table.schema());
            assertThat(read(golden(), options)).containsExactlyElementsOf(some.rows());
        }
    }

    @Test
    void writesAnEmptyFileThatReadsEmpty() throws IOException {
        Schema schema = table().schema();
        byte[] written = write(schema, List.of(), WriteOptions.defaults());
        assertThat(read(written, options(schema))).isEmpty();
    }

    @Test
    void writesManyRows() throws IOException {
        CanonicalTable table = table();
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            rows.add(table.rows().get(i % table.rows().size()));
        }
        byte[] written = write(table.schema(), rows, WriteOptions.defaults().withRowGroupBytes(64 << 10));
        assertThat(read(written, options(table.schema()).withBatchRows(999))).containsExactlyElementsOf(rows);
    }

    @Test
    void countsRowsAndNulls() throws IOException {
        CanonicalTable table = table();
        BytesFile target = new BytesFile(null);
        FileStats stats = append(format, target, table.schema(), table.rows(), WriteOptions.defaults());
        assertThat(stats.recordCount()).isEqualTo(table.rows().size());
        assertThat(stats.contentLength()).isEqualTo(target.content().length);
        assertThat(stats.sourceContentLength()).isPositive();
        for (int i = 0; i < table.schema().getFields().size(); i++) {
            int column = i;
            long nulls =
                    table.rows().stream().filter(row -> row.get(column) == null).count();
            String name = table.schema().getFields().get(i).getName();
            assertThat(stats.columns().get(name).nullCount()).as(name).isEqualTo(nulls);
        }
    }

    @Test
    void closingWithoutFinishPublishesNothing() throws IOException {
        CanonicalTable table = table();
        BytesFile target = new BytesFile(null);
        try (FileAppender<List<Object>> appender = format.openAppender(
                target, table.schema(), new CanonicalAccessor(table.schema().getFields()), WriteOptions.defaults())) {
            appender.append(table.rows().get(0));
        }
        assertThat(target.content()).isNull();
    }

    @Test
    void refusesTruncatedFilesOrReadsLess() throws IOException {
        CanonicalTable table = table();
        for (byte[] whole : List.of(golden(), write(table.schema(), table.rows(), WriteOptions.defaults()))) {
            for (int length = 0; length < whole.length; length += 1 + length / 97) {
                expectTypedError(Arrays.copyOf(whole, length), table.schema(), "length " + length);
            }
        }
    }

    @Test
    void refusesDamagedFilesOrReadsOn() throws IOException {
        CanonicalTable table = table();
        long seed = Long.getLong("conformance.seed", 20260101L);
        Random random = new Random(seed);
        for (byte[] whole : List.of(golden(), write(table.schema(), table.rows(), WriteOptions.defaults()), plain())) {
            for (int round = 0; round < DAMAGE_ROUNDS; round++) {
                byte[] damaged = whole.clone();
                int flips = 1 + random.nextInt(3);
                for (int i = 0; i < flips; i++) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                expectTypedError(damaged, table.schema(), "seed " + seed + " round " + round);
            }
        }
    }

    /** The file without compression, so that damage reaches the decoder behind it. */
    byte[] plain() throws IOException {
        return write(table().schema(), table().rows(), WriteOptions.defaults().withCodec(Codec.UNCOMPRESSED));
    }

    final FileFormat format() {
        return format;
    }

    final byte[] write(Schema schema, List<List<Object>> rows, WriteOptions options) throws IOException {
        return write(format, schema, rows, options);
    }

    static byte[] write(FileFormat format, Schema schema, List<List<Object>> rows, WriteOptions options)
            throws IOException {
        BytesFile target = new BytesFile(null);
        append(format, target, schema, rows, options);
        return target.content();
    }

    private static FileStats append(
            FileFormat format, BytesFile target, Schema schema, List<List<Object>> rows, WriteOptions options)
            throws IOException {
        try (FileAppender<List<Object>> appender =
                format.openAppender(target, schema, new CanonicalAccessor(schema.getFields()), options)) {
            for (List<Object> row : rows) {
                appender.append(row);
            }
            assertThat(appender.recordCount()).isEqualTo(rows.size());
            assertThat(appender.estimatedLength()).isNotNegative();
            return appender.finish();
        }
    }

    final List<List<Object>> read(byte[] content, ReadOptions options) throws IOException {
        BytesFile source = new BytesFile(content);
        List<List<Object>> rows;
        try (BatchReader reader = format.openReader(source, options)) {
            rows = CanonicalTable.readAll(reader);
            assertThat(reader.position()).isEqualTo(rows.size());
        }
        assertThat(source.openCount()).isZero();
        return rows;
    }

    private void expectTypedError(byte[] content, Schema schema, String damage) throws IOException {
        BytesFile source = new BytesFile(content);
        try (BatchReader reader = format.openReader(source, options(schema))) {
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                assertThat(batch.size()).isLessThanOrEqualTo(ReadOptions.DEFAULT_BATCH_ROWS);
            }
        } catch (FormatException e) {
            assertThat(e.getMessage()).as(damage).contains("memory-file").doesNotContain("\n");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fail(damage + ": not a typed error", e);
        }
        assertThat(source.openCount()).as(damage).isZero();
    }
}
