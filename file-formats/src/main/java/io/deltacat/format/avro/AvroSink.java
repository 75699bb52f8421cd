package io.deltacat.format.avro;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.rowwise.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Field;

/** Writes rows as the blocks of an Avro object container file. Confined to one thread. */
final class AvroSink<R> implements RowSink<R> {
    private static final int BLOCK_BYTES = 256 << 10;

    private final String file;
    private final List<Field> fields;
    private final RowAccessor<R> rows;
    private final OutputStream output;
    private final BlockCodec codec;
    private final byte[] sync;
    private final List<AvroValue<R>> values = new ArrayList<>();
    private final AvroOutput block = new AvroOutput();
    private final AvroOutput frame = new AvroOutput();
    private long blockRows;

    AvroSink(String file, List<Field> fields, RowAccessor<R> rows, OutputStream output, BlockCodec codec, String schema)
            throws IOException {
        this.file = file;
        this.fields = fields;
        this.rows = rows;
        this.output = output;
        this.codec = codec;
        this.sync = syncMarker(file, schema);
        for (int i = 0; i < fields.size(); i++) {
            values.add(AvroValue.of(fields.get(i), rows, i));
        }
        writeHeader(schema);
    }

    @Override
    public void write(R row, long rowIndex) throws IOException {
        int column = 0;
        try {
            for (; column < values.size(); column++) {
                values.get(column).write(block, rows, row, column);
            }
        } catch (MalformedAvroException e) {
            throw invalid(column, rowIndex, String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            throw invalid(column, rowIndex, "the time in seconds does not fit into milliseconds");
        }
        blockRows++;
        if (block.size() >= BLOCK_BYTES) {
            writeBlock();
        }
    }

    @Override
    public long pendingLength() {
        return codec == BlockCodec.NULL ? block.size() : block.size() / 3;
    }

    @Override
    public long bufferedBytes() {
        return block.capacity() + (long) frame.capacity();
    }

    @Override
    public void end() throws IOException {
        if (blockRows > 0) {
            writeBlock();
        }
    }

    @Override
    public void close() {
        // the heap is all there is
    }

    private FormatException.InvalidRow invalid(int column, long rowIndex, String problem) {
        return new FormatException.InvalidRow(file, fields.get(column).getName(), rowIndex, problem);
    }

    private void writeHeader(String schema) throws IOException {
        frame.writeRaw(AvroContainer.MAGIC, 0, AvroContainer.MAGIC.length);
        frame.writeLong(2);
        writeMetadata(AvroContainer.SCHEMA_KEY, schema);
        writeMetadata(AvroContainer.CODEC_KEY, codec.avroName());
        frame.writeLong(0);
        frame.writeRaw(sync, 0, sync.length);
        writeFrame();
    }

    private void writeMetadata(String key, String value) {
        frame.writeBytes(key.getBytes(StandardCharsets.UTF_8));
        frame.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private void writeBlock() throws IOException {
        frame.writeLong(blockRows);
        if (codec == BlockCodec.NULL) {
            frame.writeLong(block.size());
            frame.writeRaw(block.data(), 0, block.size());
        } else {
            frame.writeBytes(BlockCodec.deflate(block.data(), block.size()));
        }
        frame.writeRaw(sync, 0, sync.length);
        writeFrame();
        block.clear();
        blockRows = 0;
    }

    private void writeFrame() throws IOException {
        output.write(frame.data(), 0, frame.size());
        frame.clear();
    }

    /** A marker that differs from file to file; equal input makes equal files. */
    private static byte[] syncMarker(String file, String schema) {
        UUID name = UUID.nameUUIDFromBytes((file + '\n' + schema).getBytes(StandardCharsets.UTF_8));
        byte[] marker = new byte[AvroContainer.SYNC_BYTES];
        for (int i = 0; i < 8; i++) {
            marker[i] = (byte) (name.getMostSignificantBits() >>> (8 * i));
            marker[i + 8] = (byte) (name.getLeastSignificantBits() >>> (8 * i));
        }
        return marker;
    }
}
