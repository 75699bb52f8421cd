package io.deltacat.format.parquet;

import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.read.ParquetBatchReader;
import io.deltacat.format.parquet.write.ParquetAppender;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/** Apache Parquet, without Hadoop. Immutable and thread-safe. */
public final class ParquetFormat implements FileFormat {

    /** Creates the format. */
    public ParquetFormat() {}

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String extension() {
        return ".parquet";
    }

    @Override
    public BatchReader openReader(InputFile file, ReadOptions options) throws IOException {
        return ParquetBatchReader.open(file, options);
    }

    @Override
    public <R> FileAppender<R> openAppender(OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options)
            throws IOException {
        return ParquetAppender.open(file, schema, rows, options);
    }
}
