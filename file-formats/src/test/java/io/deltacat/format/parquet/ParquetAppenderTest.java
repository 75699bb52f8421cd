package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.FormatException;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.ObjectRows;
import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.LocalInputFile;
import io.deltacat.format.file.LocalOutputFile;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetAppenderTest {
    private static final Schema NUMBERS = new Schema(List.of(TypeNames.field("n", "int64", false)));

    @TempDir
    Path directory;

    @Test
    void nothingIsVisibleUntilFinished() throws IOException {
        Path path = directory.resolve("sub/data.parquet");
        try (FileAppender<List<Object>> appender = open(new LocalOutputFile(path), NUMBERS)) {
            appender.append(List.of(1L));
            assertThat(path).doesNotExist();
            FileStats stats = appender.finish();
            assertThat(path).hasSize(stats.contentLength());
        }
        assertThat(path).exists();
        assertThat(new LocalInputFile(path).length()).isEqualTo(Files.size(path));
        assertThat(filesIn(path.getParent())).containsExactly("data.parquet");
        assertThatThrownBy(() -> open(new LocalOutputFile(path), NUMBERS))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void closingWithoutFinishDiscards() throws IOException {
        Path path = directory.resolve("data.parquet");
        FileAppender<List<Object>> appender = open(new LocalOutputFile(path), NUMBERS);
        appender.append(List.of(1L));
        appender.close();
        appender.close();
        assertThat(filesIn(directory)).isEmpty();
    }

    @Test
    void anAppenderThatFailedOrFinishedRefusesMore() throws IOException {
        MemoryFile file = new MemoryFile();
        try (FileAppender<List<Object>> appender = open(file, NUMBERS)) {
            appender.append(List.of(1L));
            assertThatThrownBy(() -> appender.append(Arrays.asList((Object) null)))
                    .isInstanceOf(FormatException.InvalidRow.class)
                    .hasMessage(
                            "File 'memory.parquet', column 'n': row 1: the value is null, but the column is required."
                                    + " Correct the row or change the table's schema.");
            assertThatThrownBy(() -> appender.append(List.of(2L))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(appender::finish).isInstanceOf(IllegalStateException.class);
        }
        assertThat(file.exists()).isFalse();
        FileAppender<List<Object>> done = open(file, NUMBERS);
        done.finish();
        assertThatThrownBy(done::finish).isInstanceOf(IllegalStateException.class);
        done.close();
    }

    @Test
    void aFewHugeRowsFillARowGroup() throws IOException {
        MemoryFile file = new MemoryFile();
        Schema schema = new Schema(List.of(TypeNames.field("blob", "binary", false)));
        WriteOptions options = WriteOptions.defaults().withRowGroupBytes(1 << 20);
        long most = 0;
        try (FileAppender<List<Object>> appender =
                new ParquetFormat().openAppender(file, schema, ObjectRows.rows(), options)) {
            byte[] blob = new byte[1 << 20];
            for (int row = 0; row < 30; row++) {
                new java.util.Random(row).nextBytes(blob);
                appender.append(List.of(blob));
                most = Math.max(most, appender.bufferedBytes());
            }
            appender.finish();
        }
        assertThat(most).isLessThan(8L << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "int8, 128",
        "int8, -129",
        "uint8, -1",
        "uint8, 256",
        "int16, 40000",
        "uint16, 70000",
        "uint32, -1",
        "uint32, 4294967296",
        "'decimal128(5, 2)', 100000",
        "'decimal128(5, 2)', -100000",
        "'decimal128(15, 2)', 1000000000000000",
        "'decimal128(20, 0)', 100000000000000000000",
        "date64, 5",
        "fixed_size_binary[4], 12",
        "timestamp[s], 9223372036854776",
        "time32[s], 2200000"
    })
    void valuesOutOfRangeAreRefused(String type, String value) throws IOException {
        Field field = TypeNames.field("v", type, true);
        Object given = switch (io.deltacat.format.batch.VectorKind.of(field)) {
            case INT -> Integer.valueOf(value);
            case LONG -> Long.valueOf(value);
            default -> new BigInteger(value).toByteArray();
        };
        try (FileAppender<List<Object>> appender = open(new MemoryFile(), new Schema(List.of(field)))) {
            assertThatThrownBy(() -> appender.append(List.of(given)))
                    .isInstanceOf(FormatException.InvalidRow.class)
                    .hasMessageContaining("column 'v': row 0");
        }
    }

    @Test
    void typesParquetCannotStoreAreRefusedWhenTheFileIsOpened() {
        Schema schema = new Schema(List.of(TypeNames.field("v", "month_day_nano_interval", true)));
        assertThatThrownBy(() -> open(new MemoryFile(), schema))
                .isInstanceOf(FormatException.UnsupportedType.class)
                .hasMessageContaining("column 'v'");
    }

    @Test
    void statisticsAreExactAndPlain() throws IOException {
        List<Field> fields = new ArrayList<>();
        List<Object> low = new ArrayList<>();
        List<Object> high = new ArrayList<>();
        List<ColumnStats> expected = new ArrayList<>();
        Object[][] cases = {
            {"bool", false, true, false, true},
            {"int8", -5, 5, -5L, 5L},
            {"uint32", 1L, 4_294_967_295L, 1L, 4_294_967_295L},
            {"uint64", 1L, -1L, BigInteger.ONE, new BigInteger("18446744073709551615")},
            {"float32", -1.5f, 2.5f, -1.5, 2.5},
            {"float64", -1.5, 2.5, -1.5, 2.5},
            {"decimal128(9, 2)", -5L, 1234L, new BigDecimal("-0.05"), new BigDecimal("12.34")},
            {"decimal128(38, 2)", new byte[] {-5}, new byte[] {5}, new BigDecimal("-0.05"), new BigDecimal("0.05")},
            {"string", "a".getBytes(StandardCharsets.UTF_8), "ü".getBytes(StandardCharsets.UTF_8), "a", "ü"},
            {"date32", 0, 1, LocalDate.of(1970, 1, 1), LocalDate.of(1970, 1, 2)},
            {"date64", 0L, 86_400_000L, LocalDate.of(1970, 1, 1), LocalDate.of(1970, 1, 2)},
            {"time32[s]", 0, 61, LocalTime.MIDNIGHT, LocalTime.of(0, 1, 1)},
            {"time64[ns]", 0L, 1L, LocalTime.MIDNIGHT, LocalTime.of(0, 0, 0, 1)},
            {"timestamp[s]", -1L, 1L, LocalDateTime.of(1969, 12, 31, 23, 59, 59), LocalDateTime.of(1970, 1, 1, 0, 0, 1)
            },
            {"timestamp[us, tz=UTC]", -1L, 1L, Instant.ofEpochSecond(-1, 999_999_000), Instant.ofEpochSecond(0, 1000)},
            {"binary", new byte[] {1}, new byte[] {2}, null, null},
            {"duration[s]", 1L, 2L, null, null},
        };
        for (Object[] one : cases) {
            fields.add(TypeNames.field("c" + fields.size(), (String) one[0], true));
            low.add(one[1]);
            high.add(one[2]);
            expected.add(new ColumnStats(one[3], one[4], 2));
        }
        List<Object> nulls = Arrays.asList(new Object[cases.length]);
        Schema schema = new Schema(fields);
        FileStats stats = write(schema, List.of(nulls, high, low, nulls));
        assertThat(List.copyOf(stats.columns().values())).isEqualTo(expected);
        assertThat(stats.recordCount()).isEqualTo(4);
        assertThat(stats.sourceContentLength()).isPositive();
    }

    @Test
    void boundsAreLeftOutRatherThanGuessed() throws IOException {
        Schema schema = new Schema(List.of(
                TypeNames.field("nan", "float64", true),
                TypeNames.field("infinite", "float32", true),
                TypeNames.field("long", "string", true),
                TypeNames.field("list", "list<item: int32>", true),
                TypeNames.field("none", "int32", true)));
        FileStats stats = write(
                schema,
                List.of(
                        Arrays.asList(Double.NaN, 1f, new byte[5000], List.of(1), null),
                        Arrays.asList(1.0, Float.POSITIVE_INFINITY, new byte[0], null, null)));
        assertThat(stats.columns())
                .containsEntry("nan", ColumnStats.withoutBounds(0))
                .containsEntry("infinite", ColumnStats.withoutBounds(0))
                .containsEntry("long", ColumnStats.withoutBounds(0))
                .containsEntry("list", ColumnStats.withoutBounds(1))
                .containsEntry("none", ColumnStats.withoutBounds(2));
    }

    @Test
    void theEstimatedLengthFollowsTheRealOne() throws IOException {
        Schema schema = new Schema(List.of(TypeNames.field("n", "int64", false), TypeNames.field("s", "string", true)));
        java.util.SplittableRandom random = new java.util.SplittableRandom(4);
        MemoryFile file = new MemoryFile();
        try (FileAppender<List<Object>> appender = new ParquetFormat()
                .openAppender(
                        file, schema, ObjectRows.rows(), WriteOptions.defaults().withRowGroupBytes(256 << 10))) {
            long last = 0;
            for (int i = 0; i < 60_000; i++) {
                byte[] text = ("row " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
                appender.append(Arrays.asList(random.nextLong(), text));
                if (i % 5000 == 0) {
                    assertThat(appender.estimatedLength()).isGreaterThan(last / 2);
                    last = appender.estimatedLength();
                }
            }
            assertThat(appender.recordCount()).isEqualTo(60_000);
            assertThat(appender.bufferedBytes()).isBetween(1L, 8L << 20);
            long estimate = appender.estimatedLength();
            long actual = appender.finish().contentLength();
            assertThat(estimate).isBetween(actual * 7 / 10, actual * 13 / 10);
        }
    }

    private static FileStats write(Schema schema, List<List<Object>> rows) throws IOException {
        return RoundTripTest.write(new MemoryFile(), schema, rows, WriteOptions.defaults());
    }

    private static FileAppender<List<Object>> open(io.deltacat.format.file.OutputFile file, Schema schema)
            throws IOException {
        return new ParquetFormat().openAppender(file, schema, ObjectRows.rows(), WriteOptions.defaults());
    }

    private static List<String> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
