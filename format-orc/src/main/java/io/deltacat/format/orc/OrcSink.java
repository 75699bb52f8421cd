package io.deltacat.format.orc;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.rowwise.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcConf;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.impl.MemoryManagerImpl;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DateColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes rows as ORC. Confined to one thread.
 *
 * @param <R> class of the rows
 */
final class OrcSink<R> implements RowSink<R> {
    private static final Logger LOG = LoggerFactory.getLogger(OrcSink.class);
    private static final int BATCH_ROWS = 1024;

    private final String file;
    private final List<Field> fields;
    private final RowAccessor<R> rows;
    private final WriteOptions options;
    private final TypeDescription schema;
    private final List<OrcValueWriter<R>> columns = new ArrayList<>();
    private final VectorizedRowBatch batch;
    private @Nullable Writer writer;

    /**
     * @throws FormatException.UnsupportedType if ORC does not have a column's type
     */
    OrcSink(String file, Schema columns, RowAccessor<R> rows, WriteOptions options) {
        this.file = file;
        this.fields = columns.getFields();
        this.rows = rows;
        this.options = options;
        this.schema = new OrcTypes(file).ofColumns(fields);
        for (int i = 0; i < fields.size(); i++) {
            this.columns.add(OrcValueWriter.of(fields.get(i), rows, i));
        }
        this.batch = schema.createRowBatch(BATCH_ROWS);
        for (ColumnVector vector : batch.cols) {
            useProlepticCalendar(vector);
        }
    }

    /** Marks days and timestamps as counted by today's calendar also before 1582, so that nobody converts them. */
    private static void useProlepticCalendar(ColumnVector vector) {
        if (vector instanceof DateColumnVector dates) {
            dates.setUsingProlepticCalendar(true);
        } else if (vector instanceof TimestampColumnVector timestamps) {
            timestamps.setIsUTC(true);
            timestamps.setUsingProlepticCalendar(true);
        } else if (vector instanceof ListColumnVector list) {
            useProlepticCalendar(list.child);
        } else if (vector instanceof MapColumnVector map) {
            useProlepticCalendar(map.keys);
            useProlepticCalendar(map.values);
        } else if (vector instanceof StructColumnVector struct) {
            for (ColumnVector field : struct.fields) {
                useProlepticCalendar(field);
            }
        }
    }

    /** Opens the encoder on a file, which stays the caller's. */
    void start(FileOutput output) throws IOException {
        OrcFile.WriterOptions orc = OrcFile.writerOptions(SingleFileSystem.configuration())
                .fileSystem(SingleFileSystem.writing(output))
                .setSchema(schema)
                .compress(compression())
                .stripeSize(options.rowGroupBytes())
                .blockPadding(false)
                .memory(new MemoryManagerImpl(4 * options.rowGroupBytes()))
                .useUTCTimestamp(true)
                .setProlepticGregorian(true);
        OrcConf.COMPRESSION_ZSTD_LEVEL.setLong(orc.getConfiguration(), options.zstdLevel());
        writer = OrcFile.createWriter(SingleFileSystem.PATH, orc);
    }

    private CompressionKind compression() {
        return switch (options.codec()) {
            case UNCOMPRESSED -> CompressionKind.NONE;
            case SNAPPY -> CompressionKind.SNAPPY;
            case ZSTD -> CompressionKind.ZSTD;
            case GZIP -> CompressionKind.ZLIB;
            case LZ4 -> CompressionKind.LZ4;
        };
    }

    private Writer writer() {
        return requireNonNull(writer, "not started");
    }

    @Override
    public void write(R row, long rowIndex) throws IOException {
        int index = batch.size;
        for (int i = 0; i < columns.size(); i++) {
            try {
                OrcValueWriter.write(columns.get(i), rows, row, i, batch.cols[i], index);
            } catch (IllegalArgumentException e) {
                throw new FormatException.InvalidRow(
                        file, fields.get(i).getName(), rowIndex, String.valueOf(e.getMessage()));
            }
        }
        batch.size = index + 1;
        if (batch.size == BATCH_ROWS) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (batch.size > 0) {
            writer().addRowBatch(batch);
            batch.reset();
        }
    }

    @Override
    public long pendingLength() {
        return writer().estimateMemory() / 2;
    }

    @Override
    public long bufferedBytes() {
        return writer().estimateMemory();
    }

    @Override
    public void end() throws IOException {
        flush();
        Writer open = writer();
        writer = null;
        open.close();
    }

    @Override
    public void close() {
        Writer open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close(); // the library has no other way to let go of its buffers
            } catch (IOException e) {
                LOG.debug("file={} is discarded; its end could not be written", file, e);
            }
        }
    }
}
