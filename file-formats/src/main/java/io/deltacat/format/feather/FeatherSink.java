package io.deltacat.format.feather;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.ZstdCompressCtx;
import com.google.flatbuffers.FlatBufferBuilder;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.rowwise.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Writes rows as the record batches of an Arrow IPC file. Confined to one thread. */
final class FeatherSink<R> implements RowSink<R> {
    private static final int BATCH_ROWS = 1 << 16;
    private static final long BATCH_BYTES = 16 << 20;

    private final String file;
    private final Schema stored;
    private final RowAccessor<R> rows;
    private final long batchBytes;
    private final @Nullable ZstdCompressCtx zstd;
    private final List<ColumnWriter<R>> columns = new ArrayList<>();
    private final List<ArrowBlock> blocks = new ArrayList<>();
    private @Nullable FileOutput output;
    private int batchRows;

    FeatherSink(String file, Schema schema, RowAccessor<R> rows, WriteOptions options) {
        this.file = file;
        this.stored = ColumnWriters.stored(schema);
        this.rows = rows;
        this.batchBytes = Math.min(BATCH_BYTES, options.rowGroupBytes());
        List<Field> fields = schema.getFields();
        for (int i = 0; i < fields.size(); i++) {
            columns.add(ColumnWriters.of(fields.get(i), rows, i));
        }
        this.zstd = options.codec() == Codec.UNCOMPRESSED ? null : new ZstdCompressCtx().setLevel(options.zstdLevel());
    }

    /** Writes what stands before the first batch. */
    void start(FileOutput target) throws IOException {
        output = target;
        target.write(ArrowFooter.MAGIC);
        target.write(new byte[2]);
        target.write(stored.serializeAsMessage());
    }

    @Override
    public void write(R row, long rowIndex) throws IOException {
        int column = 0;
        try {
            for (; column < columns.size(); column++) {
                columns.get(column).append(rows, row, column);
            }
        } catch (MalformedArrowException e) {
            throw new FormatException.InvalidRow(
                    file, stored.getFields().get(column).getName(), rowIndex, String.valueOf(e.getMessage()));
        }
        batchRows++;
        if (batchRows == BATCH_ROWS || ((batchRows & 15) == 0 && bufferedBytes() >= batchBytes)) {
            writeBatch();
        }
    }

    @Override
    public long pendingLength() {
        return zstd == null ? bufferedBytes() : bufferedBytes() / 3;
    }

    @Override
    public long bufferedBytes() {
        long bytes = 0;
        for (ColumnWriter<R> column : columns) {
            bytes += column.bytes();
        }
        return bytes;
    }

    @Override
    public void end() throws IOException {
        if (batchRows > 0) {
            writeBatch();
        }
        FileOutput target = requireNonNull(output, "start must be called first");
        byte[] end = new byte[2 * Integer.BYTES];
        LittleEndian.putInt(end, 0, -1);
        target.write(end);
        byte[] footer = footer();
        target.write(footer);
        byte[] length = new byte[Integer.BYTES];
        LittleEndian.putInt(length, 0, footer.length);
        target.write(length);
        target.write(ArrowFooter.MAGIC);
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
        }
    }

    private void writeBatch() throws IOException {
        FileOutput target = requireNonNull(output, "start must be called first");
        BatchWriter batch = new BatchWriter(zstd);
        for (ColumnWriter<R> column : columns) {
            column.flush(batch);
        }
        byte[] message = batch.message(batchRows);
        blocks.add(
                new ArrowBlock(target.position(), message.length, batch.body().size()));
        target.write(message);
        target.write(batch.body().data(), 0, batch.body().size());
        batchRows = 0;
    }

    private byte[] footer() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int schema = stored.getSchema(builder);
        Footer.startDictionariesVector(builder, 0);
        int dictionaries = builder.endVector();
        Footer.startRecordBatchesVector(builder, blocks.size());
        for (int i = blocks.size() - 1; i >= 0; i--) {
            ArrowBlock block = blocks.get(i);
            Block.createBlock(builder, block.offset(), block.metadataLength(), block.bodyLength());
        }
        int batches = builder.endVector();
        Footer.startFooter(builder);
        Footer.addVersion(builder, MetadataVersion.V5);
        Footer.addSchema(builder, schema);
        Footer.addDictionaries(builder, dictionaries);
        Footer.addRecordBatches(builder, batches);
        builder.finish(Footer.endFooter(builder));
        return builder.sizedByteArray();
    }
}
