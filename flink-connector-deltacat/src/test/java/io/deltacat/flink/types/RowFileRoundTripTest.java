package io.deltacat.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.avro.AvroFormat;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.feather.FeatherFormat;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.LocalInputFile;
import io.deltacat.format.file.LocalOutputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flink rows of every type through a real file and back, over several batches. */
class RowFileRoundTripTest {

    @TempDir
    private Path directory;

    static Stream<FileFormat> formats() {
        return Stream.of(new ParquetFormat(), new FeatherFormat(), new AvroFormat());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void rowsOfEveryTypeComeBackEqual(FileFormat format) throws IOException {
        RowType type = RowRoundTripTest.allTypes();
        Schema schema = LogicalTypes.toSchema(type);
        for (long seed = 0; seed < 3; seed++) {
            Path file = directory.resolve(format.name() + seed + "." + format.extension());
            List<RowData> rows = new RandomRows(new SplittableRandom(seed)).rows(type, 300);

            write(format, file, schema, type, rows);

            assertThat(read(format, file, schema, type))
                    .as("seed %d", seed)
                    .isEqualTo(RowRoundTripTest.binary(type, rows));
        }
    }

    private static void write(FileFormat format, Path file, Schema schema, RowType type, List<RowData> rows)
            throws IOException {
        try (FileAppender<RowData> appender = format.openAppender(
                new LocalOutputFile(file), schema, new RowDataAccessor(type, schema), WriteOptions.defaults())) {
            for (RowData row : rows) {
                appender.append(row);
            }
            assertThat(appender.finish().recordCount()).isEqualTo(rows.size());
        }
    }

    private static List<RowData> read(FileFormat format, Path file, Schema schema, RowType type) throws IOException {
        List<RowData> rows = new ArrayList<>();
        RowDataSerializer serializer = new RowDataSerializer(type);
        try (BatchReader reader = format.openReader(
                new LocalInputFile(file), ReadOptions.columns(schema).withBatchRows(64))) {
            ColumnBatch batch = new ColumnBatch(reader.schema());
            ColumnarRow row = new ColumnarRow(reader.schema(), type);
            while (reader.nextBatch(batch)) {
                row.bind(batch);
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(serializer.toBinaryRow(row.at(i)).copy());
                }
            }
        }
        return rows;
    }
}
