package io.deltacat.format.feather;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.Codec;
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
 * Feather version 2, which is the Arrow IPC file format. Needs neither Arrow's memory nor JVM flags. Immutable and
 * thread-safe.
 *
 * <ul>
 *   <li>Carries every type. Columns of views are written as plain strings and bytes, dictionary-coded ones as their values.
 *   <li>Reads plain, LZ4 and Zstandard buffers, views and dictionaries; writes plain or Zstandard buffers.
 *   <li>Holds one record batch in memory: when reading, what the writer put together; when writing, 65 536 rows, or fewer if
 *       they reach 16 MiB or the row group size of the options.
 * </ul>
 */
public final class FeatherFormat implements FileFormat {

    /** Creates the format. */
    public FeatherFormat() {}

    @Override
    public String name() {
        return "feather";
    }

    @Override
    public String extension() {
        return ".feather";
    }

    @Override
    public BatchReader openReader(InputFile file, ReadOptions options) throws IOException {
        return FeatherBatchReader.open(file, options);
    }

    /**
     * {@inheritDoc}
     *
     * @throws FormatException.UnsupportedFormat if the codec is neither {@link Codec#ZSTD} nor {@link Codec#UNCOMPRESSED}
     */
    @Override
    public <R> FileAppender<R> openAppender(OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options)
            throws IOException {
        if (options.codec() != Codec.ZSTD && options.codec() != Codec.UNCOMPRESSED) {
            throw new FormatException.UnsupportedFormat(
                    "feather with " + options.codec(), "Write Feather files with codec ZSTD or UNCOMPRESSED.");
        }
        FeatherSink<R> unopened = new FeatherSink<>(file.location(), schema, rows, options);
        FileOutput output = file.create();
        try {
            unopened.start(output);
            return new RowwiseAppender<>(
                    file.location(), schema.getFields(), rows, output, unopened, new StatsCollector<>(schema, rows));
        } catch (IOException | RuntimeException e) {
            unopened.close();
            output.close();
            throw e;
        }
    }
}
