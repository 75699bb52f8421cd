package io.deltacat.flink.source.reader;

import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.flink.types.RowDataAccessor;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.LocalOutputFile;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** Parquet files with consecutive row numbers and a text for each. */
public final class ParquetRows {
    /** Columns {@code id BIGINT, name STRING}. */
    public static final RowType ROW_TYPE = RowType.of(
            new org.apache.flink.table.types.logical.LogicalType[] {
                new BigIntType(false), new VarCharType(true, VarCharType.MAX_LENGTH)
            },
            new String[] {"id", "name"});

    /** The same columns as an Arrow schema. */
    public static final Schema SCHEMA = LogicalTypes.toSchema(ROW_TYPE);

    private ParquetRows() {}

    /** Writes a file with rows first, first + 1, … */
    public static FileStats write(Path file, long first, int count) throws IOException {
        try (FileAppender<RowData> appender = new ParquetFormat()
                .openAppender(
                        new LocalOutputFile(file),
                        SCHEMA,
                        new RowDataAccessor(ROW_TYPE, SCHEMA),
                        WriteOptions.defaults())) {
            for (long id = first; id < first + count; id++) {
                appender.append(GenericRowData.of(id, StringData.fromString("row " + id)));
            }
            return appender.finish();
        }
    }
}
