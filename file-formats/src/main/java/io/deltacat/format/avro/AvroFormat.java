package io.deltacat.format.avro;

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
import io.deltacat.format.rowwise.RowwiseBatchReader;
import io.deltacat.format.stats.StatsCollector;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Avro object container files, as the Python client writes (polars) and reads (fastavro) them. Immutable and thread-safe.
 *
 * <ul>
 *   <li>Avro has fewer types than Arrow. Narrow integers are written as {@code int} or {@code long}, {@code uint64} as a
 *       decimal of 20 digits, {@code float16} as {@code float}, seconds as milliseconds, {@code date64} as local milliseconds,
 *       nanosecond times and all durations as plain {@code long} in their unit, maps as arrays of key and value; read with the
 *       table's schema, they come back as what they were. Zones come back as UTC unless the schema names them.
 *   <li>Blocks are deflated, or plain with {@link Codec#UNCOMPRESSED}: the Python client reads no other codec without further
 *       packages. Reading also knows snappy and zstandard.
 *   <li>One block is held in memory. The client writes a whole file as one block.
 * </ul>
 */
public final class AvroFormat implements FileFormat {

    /** Creates the format. */
    public AvroFormat() {}

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public String extension() {
        return ".avro";
    }

    @Override
    public BatchReader openReader(InputFile file, ReadOptions options) throws IOException {
        AvroRows rows = AvroRows.open(file, options.columns());
        Schema wanted = rows.wanted();
        return RowwiseBatchReader.over(wanted, rows, () -> AvroRows.open(file, wanted), options);
    }

    @Override
    public <R> FileAppender<R> openAppender(OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options)
            throws IOException {
        AvroSchemaText text = new AvroSchemaText(schema);
        FileOutput output = file.create();
        try {
            BlockCodec codec = options.codec() == Codec.UNCOMPRESSED ? BlockCodec.NULL : BlockCodec.DEFLATE;
            AvroSink<R> sink = new AvroSink<>(file.location(), schema.getFields(), rows, output, codec, text.toJson());
            return new RowwiseAppender<>(
                    file.location(), schema.getFields(), rows, output, sink, new StatsCollector<>(schema, rows));
        } catch (IOException | RuntimeException e) {
            output.close();
            throw e;
        }
    }
}
