package io.deltacat.benchmarks;

import io.deltacat.flink.types.ColumnarRow;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.LocalInputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.formats.parquet.ParquetColumnarRowInputFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.conf.Configuration;

/** Reads all rows of a Parquet file, our way or Flink's. */
enum ParquetReading {
    /** Our reader, seen as {@link ColumnarRow}. */
    DELTACAT {
        @Override
        void read(Path file, RowType type, RowChecksum checksum) throws IOException {
            Schema schema = LogicalTypes.toSchema(type);
            try (BatchReader reader =
                    new ParquetFormat().openReader(new LocalInputFile(file), ReadOptions.columns(schema))) {
                ColumnBatch batch = reader.newBatch();
                ColumnarRow row = new ColumnarRow(schema, type);
                while (reader.nextBatch(batch)) {
                    row.bind(batch);
                    for (int i = 0, n = batch.size(); i < n; i++) {
                        checksum.add(row.at(i));
                    }
                }
            }
        }
    },

    /** Flink's vectorized reader with the batch size that its SQL connector uses. */
    FLINK {
        private final Configuration hadoop = new Configuration();

        @Override
        void read(Path file, RowType type, RowChecksum checksum) throws IOException {
            ParquetColumnarRowInputFormat<FileSourceSplit> format = new ParquetColumnarRowInputFormat<>(
                    hadoop, type, InternalTypeInfo.of(type), FLINK_BATCH_ROWS, true, true);
            long length = Files.size(file);
            FileSourceSplit split = new FileSourceSplit(
                    "1", org.apache.flink.core.fs.Path.fromLocalFile(file.toFile()), 0, length, 0, length);
            try (BulkFormat.Reader<RowData> reader =
                    format.createReader(new org.apache.flink.configuration.Configuration(), split)) {
                BulkFormat.RecordIterator<RowData> batch;
                while ((batch = reader.readBatch()) != null) {
                    RecordAndPosition<RowData> record;
                    while ((record = batch.next()) != null) {
                        checksum.add(record.getRecord());
                    }
                    batch.releaseBatch();
                }
            }
        }
    };

    private static final int FLINK_BATCH_ROWS = 2048;

    /**
     * Reads a file.
     *
     * @param file the file
     * @param type its columns
     * @param checksum gets every row
     */
    abstract void read(Path file, RowType type, RowChecksum checksum) throws IOException;
}
