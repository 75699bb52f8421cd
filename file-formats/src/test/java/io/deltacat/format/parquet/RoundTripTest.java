package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.CanonicalValues;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.ObjectRows;
import io.deltacat.format.RandomRows;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes random rows of every type and reads the same values back. */
class RoundTripTest {
    private static final ParquetFormat FORMAT = new ParquetFormat();

    @ParameterizedTest
    @EnumSource(Codec.class)
    void everyTypeSurvivesEveryCodec(Codec codec) throws IOException {
        WriteOptions options = WriteOptions.defaults().withCodec(codec).withPageBytes(2048);
        for (boolean nullable : new boolean[] {true, false}) {
            check(RandomRows.allScalars(nullable), 1300, 11, options);
            check(RandomRows.allNested(nullable), 1300, 12, options);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void manyRowGroupsAndPagesSurvive(long seed) throws IOException {
        WriteOptions options =
                WriteOptions.defaults().withRowGroupBytes(64 << 10).withPageBytes(1024);
        check(RandomRows.allScalars(seed % 2 == 0), 3000, seed, options);
        check(RandomRows.allNested(seed % 2 == 0), 3000, seed, options);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "1, true", "1, false", "7, true", "8, true", "9, true"})
    void smallFilesSurvive(int rows, boolean nullable) throws IOException {
        check(RandomRows.allScalars(nullable), rows, rows, WriteOptions.defaults());
        check(RandomRows.allNested(nullable), rows, rows, WriteOptions.defaults());
    }

    private static void check(Schema schema, int rowCount, long seed, WriteOptions options) throws IOException {
        List<List<Object>> rows = new RandomRows(new SplittableRandom(seed)).rows(schema, rowCount);
        MemoryFile file = new MemoryFile();
        FileStats stats = write(file, schema, rows, options);
        assertThat(stats.recordCount()).isEqualTo(rowCount);
        assertThat(stats.contentLength()).isEqualTo(file.length());
        assertThat(stats.columns()).hasSameSizeAs(schema.getFields());
        List<List<Object>> expected = columns(schema);
        for (List<Object> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                expected.get(column).add(RandomRows.canonical(schema.getFields().get(column), row.get(column)));
            }
        }
        for (int batchRows : new int[] {17, 4096}) {
            List<List<Object>> actual = read(file, schema, batchRows);
            for (int column = 0; column < expected.size(); column++) {
                assertThat(actual.get(column))
                        .as("seed %d, column %s", seed, schema.getFields().get(column))
                        .isEqualTo(expected.get(column));
            }
        }
        assertThat(file.openInputs()).isZero();
    }

    static FileStats write(MemoryFile file, Schema schema, List<List<Object>> rows, WriteOptions options)
            throws IOException {
        try (FileAppender<List<Object>> appender = FORMAT.openAppender(file, schema, ObjectRows.rows(), options)) {
            for (List<Object> row : rows) {
                appender.append(row);
            }
            return appender.finish();
        }
    }

    private static List<List<Object>> read(MemoryFile file, Schema schema, int batchRows) throws IOException {
        List<List<Object>> columns = columns(schema);
        try (BatchReader reader = FORMAT.openReader(file, ReadOptions.all().withBatchRows(batchRows))) {
            assertThat(reader.schema().getFields().toString())
                    .isEqualTo(schema.getFields().toString());
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                CanonicalValues.append(batch, columns);
            }
        }
        return columns;
    }

    private static List<List<Object>> columns(Schema schema) {
        List<List<Object>> columns = new ArrayList<>();
        schema.getFields().forEach(field -> columns.add(new ArrayList<>()));
        return columns;
    }
}
