package io.deltacat.format.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.format.CanonicalValues;
import io.deltacat.format.FormatException;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.batch.BatchRow;
import io.deltacat.format.batch.BatchRowAccessor;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.LocalInputFile;
import io.deltacat.format.file.LocalOutputFile;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.registry.FormatRegistry;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the Python client writes, writes what it reads, and refuses what ORC cannot carry. */
class OrcFormatTest {
    private static final OrcFormat FORMAT = new OrcFormat();
    private static final Path GOLDEN = Path.of("src/test/resources/golden/python.orc");

    private static final int FOOTER_BYTES = 900;

    @TempDir
    private Path directory;

    @Test
    void isFoundOnTheClassPath() {
        assertThat(FormatRegistry.load(getClass().getClassLoader()).format("orc"))
                .isInstanceOf(OrcFormat.class);
        assertThat(FormatRegistry.load(getClass().getClassLoader()).formatOfPath("a/b.orc"))
                .isInstanceOf(OrcFormat.class);
    }

    @Test
    void readsWhatThePythonClientWrote() throws IOException {
        assertThat(read(new LocalInputFile(GOLDEN), ReadOptions.all())).isEqualTo(expected());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 4096})
    void readsItsOwnFilesInBatchesOfAnySize(int batchRows) throws IOException {
        Path copy = directory.resolve("copy.orc");
        FileStats stats = rewrite(copy, WriteOptions.defaults().withRowGroupBytes(64 << 10));
        assertThat(stats.recordCount()).isEqualTo(700);
        assertThat(stats.contentLength()).isEqualTo(Files.size(copy));
        assertThat(read(new LocalInputFile(copy), ReadOptions.all().withBatchRows(batchRows)))
                .isEqualTo(expected());
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void writesWithEveryCodec(Codec codec) throws IOException {
        Path copy = directory.resolve("copy.orc");
        rewrite(copy, WriteOptions.defaults().withCodec(codec));
        assertThat(read(new LocalInputFile(copy), ReadOptions.all())).isEqualTo(expected());
    }

    @Test
    void statisticsAreThoseOfTheRows() throws IOException {
        FileStats stats = rewrite(directory.resolve("copy.orc"), WriteOptions.defaults());
        assertThat(stats.columns().get("int64").nullCount()).isEqualTo(100);
        assertThat(stats.columns().get("date").min()).isEqualTo(LocalDate.of(1, 1, 1));
        assertThat(stats.columns().get("decimal").min()).isEqualTo(new BigDecimal("-10000.000"));
    }

    @Test
    void readsRangesAndSkips() throws IOException {
        Map<String, List<Object>> all = expected();
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20; round++) {
            int first = random.nextInt(700);
            int count = random.nextInt(500);
            int end = Math.min(700, first + count);
            ReadOptions options = ReadOptions.all().withRows(new RowRange(first, count));
            Map<String, List<Object>> wanted = new LinkedHashMap<>();
            all.forEach((name, values) -> wanted.put(name, values.subList(first, end)));
            assertThat(read(new LocalInputFile(GOLDEN), options)).isEqualTo(wanted);
            try (BatchReader reader = FORMAT.openReader(new LocalInputFile(GOLDEN), options)) {
                int skipped = random.nextInt(200);
                reader.skip(skipped);
                assertThat(reader.position()).isEqualTo(Math.min(skipped, end - first));
                int from = (int) (first + reader.position());
                assertThat(rest(reader).get("int64")).isEqualTo(all.get("int64").subList(from, end));
            }
        }
    }

    @Test
    void readsSomeColumnsAsWiderTypesAndMissingOnesAsNull() throws IOException {
        Schema wanted = new Schema(List.of(
                TypeNames.field("timestamp", "timestamp[us]", true),
                TypeNames.field("nowhere", "string", true),
                TypeNames.field("int16", "int64", true),
                TypeNames.field("float", "double", true)));
        Map<String, List<Object>> read = read(new LocalInputFile(GOLDEN), ReadOptions.columns(wanted));
        assertThat(read.get("int16")).isEqualTo(expected().get("int16"));
        assertThat(read.get("nowhere")).hasSize(700).containsOnlyNulls();
        assertThat(read.keySet()).containsExactly("timestamp", "nowhere", "int16", "float");
    }

    @Test
    void refusesColumnsThatWouldLoseValues() {
        assertThatThrownBy(() -> read(
                        new LocalInputFile(GOLDEN),
                        ReadOptions.columns(new Schema(List.of(TypeNames.field("int64", "int32", true))))))
                .isInstanceOf(FormatException.IncompatibleType.class)
                .hasMessageContaining("'int64'");
        assertThatThrownBy(() -> read(
                        new LocalInputFile(GOLDEN),
                        ReadOptions.columns(new Schema(List.of(TypeNames.field("timestamp", "timestamp[s]", true))))))
                .isInstanceOf(FormatException.IncompatibleType.class);
        assertThatThrownBy(() -> read(
                        new LocalInputFile(GOLDEN),
                        ReadOptions.columns(new Schema(List.of(TypeNames.field("int64", "int64", false))))))
                .isInstanceOf(FormatException.IncompatibleType.class)
                .hasMessageContaining("nulls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uint8", "uint64", "float16", "time64[us]", "duration[s]", "null", "decimal256(40, 1)"})
    void refusesToWriteTypesThatOrcDoesNotHave(String type) {
        Schema schema = new Schema(List.of(TypeNames.field("c", type, true)));
        assertThatThrownBy(() -> FORMAT.openAppender(
                        new LocalOutputFile(directory.resolve("x.orc")),
                        schema,
                        new BatchRowAccessor(),
                        WriteOptions.defaults()))
                .isInstanceOf(FormatException.UnsupportedType.class)
                .hasMessageContaining("'c'");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void closingWithoutFinishDiscards() throws IOException {
        Schema schema = new Schema(List.of(TypeNames.field("n", "int64", false)));
        FileAppender<BatchRow> appender = FORMAT.openAppender(
                new LocalOutputFile(directory.resolve("x.orc")),
                schema,
                new BatchRowAccessor(),
                WriteOptions.defaults());
        appender.close();
        appender.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void truncatedFilesAndDamagedFootersNeverFailUntyped() throws IOException {
        byte[] valid = Files.readAllBytes(GOLDEN);
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 120; round++) {
            byte[] damaged = round % 2 == 0 ? Arrays.copyOf(valid, random.nextInt(valid.length)) : valid.clone();
            for (int i = 0; i < 3 && round % 2 > 0; i++) {
                int at = valid.length - 1 - random.nextInt(FOOTER_BYTES);
                damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                read(new MemoryFile(damaged), ReadOptions.all());
            } catch (FormatException e) {
                assertThat(e.getMessage()).as("round %d", round).contains("memory.parquet");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round, e);
            }
        }
    }

    @Test
    void aFailingStorageIsNotADamagedFile() {
        InputFile failing = new InputFile() {
            @Override
            public String location() {
                return "burning.orc";
            }

            @Override
            public long length() {
                return 100;
            }

            @Override
            public RandomAccessInput open() {
                return new RandomAccessInput() {
                    @Override
                    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
                        throw new IOException("the disk is on fire");
                    }

                    @Override
                    public void close() {
                        // nothing is open
                    }
                };
            }
        };
        assertThatThrownBy(() -> FORMAT.openReader(failing, ReadOptions.all()))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is on fire");
    }

    /** Runs where {@code -Dreferee.python=} names a Python with the real client and pyarrow. */
    @Test
    @EnabledIfSystemProperty(named = "referee.python", matches = ".+")
    void pythonReadsWhatJavaWrote() throws Exception {
        Path copy = directory.resolve("copy.orc");
        rewrite(copy, WriteOptions.defaults().withRowGroupBytes(64 << 10));
        String script = "import sys, json; sys.path.insert(0, 'src/test/python'); sys.argv = ['x', '.'];"
                + "import make_golden_file as g, pyarrow as pa, pyarrow.orc as orc;"
                + "t = orc.read_table('" + copy + "');"
                + "t = t.set_column(12, 'timestamp', t['timestamp'].cast(pa.timestamp('us')))"
                + ".set_column(13, 'instant', t['instant'].cast(pa.timestamp('us', tz='UTC')));"
                + "assert g.content(t) == g.content(g.table); print('equal')";
        Process process = new ProcessBuilder(System.getProperty("referee.python"), "-c", script)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed.strip()).endsWith("equal");
    }

    /** Writes the rows of the golden file to another, in the types of the table they came from. */
    private static FileStats rewrite(Path target, WriteOptions options) throws IOException {
        try (BatchReader reader = FORMAT.openReader(new LocalInputFile(GOLDEN), ReadOptions.all())) {
            List<Field> fields = new ArrayList<>(reader.schema().getFields());
            Schema schema = new Schema(fields);
            try (FileAppender<BatchRow> appender =
                    FORMAT.openAppender(new LocalOutputFile(target), schema, new BatchRowAccessor(), options)) {
                ColumnBatch batch = reader.newBatch();
                BatchRow view = new BatchRow();
                while (reader.nextBatch(batch)) {
                    for (int row = 0; row < batch.size(); row++) {
                        appender.append(view.moveTo(batch, row));
                    }
                }
                return appender.finish();
            }
        }
    }

    private static Map<String, List<Object>> read(InputFile file, ReadOptions options) throws IOException {
        try (BatchReader reader = FORMAT.openReader(file, options)) {
            return rest(reader);
        }
    }

    private static Map<String, List<Object>> rest(BatchReader reader) throws IOException {
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        List<List<Object>> values = new ArrayList<>();
        for (Field field : reader.schema().getFields()) {
            columns.put(field.getName(), new ArrayList<>());
            values.add(columns.get(field.getName()));
        }
        ColumnBatch batch = reader.newBatch();
        while (reader.nextBatch(batch)) {
            CanonicalValues.append(batch, values);
        }
        return columns;
    }

    @SuppressWarnings("unchecked") // the file was made for this
    private static Map<String, List<Object>> expected() throws IOException {
        Map<String, List<Object>> columns = new ObjectMapper()
                .readValue(Files.readString(GOLDEN.resolveSibling("python.json")), LinkedHashMap.class);
        for (String name : List.of("timestamp", "instant")) { // ORC has nanoseconds only
            columns.put(
                    name,
                    columns.get(name).stream()
                            .map(value -> value == null ? null : (Object) (value + "000"))
                            .toList());
        }
        return columns;
    }
}
