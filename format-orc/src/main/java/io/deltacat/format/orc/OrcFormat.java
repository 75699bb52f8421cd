package io.deltacat.format.orc;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.rowwise.RowwiseAppender;
import io.deltacat.format.stats.StatsCollector;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Apache ORC. Immutable and thread-safe.
 *
 * <ul>
 *   <li>Carries booleans, signed integers, {@code float32}, {@code float64}, decimals of up to 38 digits, strings, binary
 *       values, dates, timestamps, lists, maps and structs, as the Python client does. {@code date64} is stored as a
 *       timestamp, timestamps of every unit as nanoseconds; both come back as what is asked for.
 *   <li>Refuses unsigned integers, {@code float16}, times, durations and {@code null}, which ORC does not have.
 *   <li>ORC files have no checksums: damage inside of a stripe is noticed where the library notices it, and may cost time
 *       and memory before. Read files of others with care, or as Parquet.
 *   <li>Never reads or writes through a Hadoop file system: bytes come from and go to the storage of the table.
 * </ul>
 */
public final class OrcFormat implements FileFormat {

    /** Creates the format. */
    public OrcFormat() {}

    @Override
    public String name() {
        return "orc";
    }

    @Override
    public String extension() {
        return ".orc";
    }

    @Override
    public BatchReader openReader(InputFile file, ReadOptions options) throws IOException {
        return OrcBatchReader.open(file, options);
    }

    /**
     * {@inheritDoc}
     *
     * @throws FormatException.UnsupportedType if a column is of a type that ORC does not have
     */
    @Override
    public <R> FileAppender<R> openAppender(OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options)
            throws IOException {
        OrcSink<R> sink = new OrcSink<>(file.location(), schema, rows, options);
        FileOutput output = file.create();
        try {
            sink.start(output);
            return new RowwiseAppender<>(
                    file.location(), schema.getFields(), rows, output, sink, new StatsCollector<>(schema, rows));
        } catch (IOException | RuntimeException e) {
            sink.close();
            output.close();
            throw e;
        }
    }
}
