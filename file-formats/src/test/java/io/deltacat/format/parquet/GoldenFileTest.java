package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.format.CanonicalValues;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.LocalInputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads files written by pyarrow (src/test/python/make_golden_files.py) and compares every value. */
class GoldenFileTest {
    private static final Path FILES = Path.of("src/test/resources/golden");

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".parquet"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyValueIsReadInAnyBatchSize(String name) throws IOException {
        Map<String, List<Object>> expected = expected(name);
        for (int batchRows : new int[] {1, 3, 64, 1000}) {
            assertThat(read(name, ReadOptions.all().withBatchRows(batchRows)))
                    .as("batches of %d rows", batchRows)
                    .isEqualTo(select(expected, name));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRowRangeIsReadAsASliceOfTheWhole(String name) throws IOException {
        Map<String, List<Object>> whole = select(expected(name), name);
        int rows = whole.values().iterator().next().size();
        for (int[] range :
                new int[][] {{0, 10}, {1, 1}, {37, 33}, {69, 2}, {70, 70}, {99, 61}, {159, 1}, {150, 1000}, {160, 5}}) {
            Map<String, List<Object>> slice = new LinkedHashMap<>();
            int to = Math.min(rows, range[0] + range[1]);
            whole.forEach((column, values) -> slice.put(column, values.subList(Math.min(range[0], to), to)));
            ReadOptions options = ReadOptions.all().withBatchRows(7).withRows(new RowRange(range[0], range[1]));
            assertThat(read(name, options))
                    .as("rows from %d, %d of them", range[0], range[1])
                    .isEqualTo(slice);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void skippingBetweenBatchesLeavesOutExactlyTheseRows(String name) throws IOException {
        Map<String, List<Object>> whole = select(expected(name), name);
        List<List<Object>> actual = new ArrayList<>();
        List<Integer> rowsRead = new ArrayList<>();
        try (BatchReader reader = open(name, ReadOptions.all().withBatchRows(5))) {
            reader.schema().getFields().forEach(field -> actual.add(new ArrayList<>()));
            ColumnBatch batch = reader.newBatch();
            for (int skip = 0; ; skip = (skip + 7) % 40) {
                reader.skip(skip);
                int first = Math.toIntExact(reader.position());
                if (!reader.nextBatch(batch)) {
                    break;
                }
                CanonicalValues.append(batch, actual);
                for (int i = 0; i < batch.size(); i++) {
                    rowsRead.add(first + i);
                }
            }
        }
        int column = 0;
        for (List<Object> values : whole.values()) {
            assertThat(actual.get(column++))
                    .isEqualTo(rowsRead.stream().map(values::get).toList());
        }
    }

    private static Map<String, List<Object>> read(String name, ReadOptions options) throws IOException {
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        try (BatchReader reader = open(name, options)) {
            List<List<Object>> values = new ArrayList<>();
            for (Field field : reader.schema().getFields()) {
                columns.put(field.getName(), new ArrayList<>());
                values.add(columns.get(field.getName()));
            }
            ColumnBatch batch = reader.newBatch();
            long rows = 0;
            while (reader.nextBatch(batch)) {
                CanonicalValues.append(batch, values);
                rows += batch.size();
                assertThat(reader.position()).isEqualTo(rows);
            }
            assertThat(reader.rowCount()).isEqualTo(rows);
        }
        return columns;
    }

    private static BatchReader open(String name, ReadOptions options) throws IOException {
        return new ParquetFormat().openReader(new LocalInputFile(FILES.resolve(name)), options);
    }

    private static Map<String, List<Object>> select(Map<String, List<Object>> all, String name) throws IOException {
        Map<String, List<Object>> selected = new LinkedHashMap<>();
        try (BatchReader reader = open(name, ReadOptions.all())) {
            for (Field field : reader.schema().getFields()) {
                selected.put(field.getName(), all.get(field.getName()));
            }
        }
        return selected;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<Object>> expected(String name) throws IOException {
        String json = name.startsWith("flat_required")
                ? "flat_required.json"
                : name.startsWith("flat") ? "flat.json" : "nested.json";
        return new ObjectMapper().readValue(FILES.resolve(json).toFile(), Map.class);
    }

    /** Reads all rows of a file in memory. */
    static List<List<Object>> readAll(byte[] content) {
        List<List<Object>> columns = new ArrayList<>();
        try (BatchReader reader = new ParquetFormat().openReader(new MemoryFile(content), ReadOptions.all())) {
            reader.schema().getFields().forEach(field -> columns.add(new ArrayList<>()));
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                CanonicalValues.append(batch, columns);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return columns;
    }

    /** Reads every value of a batch, as a row view would. */
    static void touch(ColumnBatch batch) {
        List<List<Object>> columns = new ArrayList<>();
        batch.schema().getFields().forEach(field -> columns.add(new ArrayList<>()));
        CanonicalValues.append(batch, columns);
    }
}
