package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.MemoryFile;
import io.deltacat.format.RandomRows;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Counts what a remote storage would be asked for. */
class RequestCountTest {

    @Test
    void aSmallFileTakesOneRequest() throws IOException {
        Schema schema = RandomRows.allScalars(true);
        MemoryFile file = new MemoryFile();
        RoundTripTest.write(
                file, schema, new RandomRows(new SplittableRandom(1)).rows(schema, 100), WriteOptions.defaults());
        assertThat(readAll(file, ReadOptions.all())).isEqualTo(100);
        assertThat(file.reads()).isEqualTo(1);
    }

    @Test
    void smallColumnChunksOfARowGroupShareARequest() throws IOException {
        MemoryFile file = largeFile();
        assertThat(readAll(file, ReadOptions.all())).isEqualTo(100_000);
        assertThat(file.reads()).isEqualTo(2);
    }

    @Test
    void unwantedRowGroupsAreNotFetched() throws IOException {
        MemoryFile file = largeFile(WriteOptions.defaults().withRowGroupBytes(512 << 10));
        assertThat(readAll(file, ReadOptions.all().withRows(new RowRange(99_990, 10))))
                .isEqualTo(10);
        assertThat(file.reads()).isEqualTo(2);
        assertThat(readAll(file, ReadOptions.all().withRows(new RowRange(0, 10))))
                .isEqualTo(10);
        assertThat(file.reads()).isEqualTo(4);
    }

    @Test
    void aProjectionFetchesItsColumnsOnly() throws IOException {
        MemoryFile file = largeFile();
        Schema wanted = new Schema(List.of(TypeNames.field("few", "string", true)));
        assertThat(readAll(file, ReadOptions.columns(wanted))).isEqualTo(100_000);
        assertThat(file.reads()).isEqualTo(2);
        assertThat(file.bytesRead()).isLessThan(file.length() / 4);
    }

    private static MemoryFile largeFile() throws IOException {
        return largeFile(WriteOptions.defaults());
    }

    private static MemoryFile largeFile(WriteOptions options) throws IOException {
        Schema schema = new Schema(List.of(
                TypeNames.field("number", "int64", false),
                TypeNames.field("few", "string", true),
                TypeNames.field("text", "string", true)));
        SplittableRandom random = new SplittableRandom(3);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            byte[] text = ("text " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
            byte[] few = ("few " + i % 10).getBytes(StandardCharsets.UTF_8);
            rows.add(List.of(random.nextLong(), few, text));
        }
        MemoryFile file = new MemoryFile();
        RoundTripTest.write(file, schema, rows, options);
        return file;
    }

    private static long readAll(MemoryFile file, ReadOptions options) throws IOException {
        try (BatchReader reader = new ParquetFormat().openReader(file, options)) {
            ColumnBatch batch = reader.newBatch();
            long rows = 0;
            while (reader.nextBatch(batch)) {
                rows += batch.size();
            }
            return rows;
        }
    }
}
