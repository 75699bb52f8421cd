package io.deltacat.benchmarks;

import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.flink.types.RowDataAccessor;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.formats.parquet.row.ParquetRowDataBuilder;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.conf.Configuration;

/** Writes rows to a Parquet file, our way or Flink's. Neither forces the file to disk. */
enum ParquetWriting {
    /** Our appender over {@link RowDataAccessor}. */
    DELTACAT {
        @Override
        void write(Path file, RowType type, Iterable<RowData> rows, Codec codec) throws IOException {
            Schema schema = LogicalTypes.toSchema(type);
            try (FileAppender<RowData> appender = new ParquetFormat()
                    .openAppender(
                            new UnforcedFile(file),
                            schema,
                            new RowDataAccessor(type, schema),
                            WriteOptions.defaults().withCodec(codec))) {
                for (RowData row : rows) {
                    appender.append(row);
                }
                appender.finish();
            }
        }
    },

    /** The writer of Flink's filesystem connector. */
    FLINK {
        private final Configuration defaults = new Configuration();

        @Override
        void write(Path file, RowType type, Iterable<RowData> rows, Codec codec) throws IOException {
            Configuration hadoop = new Configuration(defaults); // copies what is parsed already
            hadoop.set("parquet.compression", codec.name());
            hadoop.set("parquet.write.int64.timestamp", "true"); // as the tables we read have them; INT96 is obsolete
            try (FSDataOutputStream out = new LocalFileSystem()
                    .create(
                            org.apache.flink.core.fs.Path.fromLocalFile(file.toFile()),
                            FileSystem.WriteMode.OVERWRITE)) {
                BulkWriter<RowData> writer = ParquetRowDataBuilder.createWriterFactory(type, hadoop, true)
                        .create(out);
                for (RowData row : rows) {
                    writer.addElement(row);
                }
                writer.finish();
            }
        }
    };

    /**
     * Writes a file.
     *
     * @param file where to
     * @param type the columns
     * @param rows the rows
     * @param codec compression
     */
    abstract void write(Path file, RowType type, Iterable<RowData> rows, Codec codec) throws IOException;

    /**
     * A local file that is not forced to disk, as Flink's is not.
     *
     * @param path where it is
     */
    private record UnforcedFile(Path path) implements OutputFile {
        @Override
        public String location() {
            return path.toString();
        }

        @Override
        public FileOutput create() throws IOException {
            OutputStream out = Files.newOutputStream(path);
            return new FileOutput() {
                private long position;

                @Override
                public long position() {
                    return position;
                }

                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                    position++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    position += length;
                }

                @Override
                public void finish() throws IOException {
                    out.close();
                }

                @Override
                public void close() throws IOException {
                    out.close();
                }
            };
        }
    }
}
