package io.deltacat.format.avro;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.rowwise.InputFileStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header and the blocks of an Avro object container file. Only one block is in memory at a time; a block that is passed
 * over is not decompressed. Confined to one thread.
 */
final class AvroContainer implements Closeable {
    static final byte[] MAGIC = {'O', 'b', 'j', 1};
    static final int SYNC_BYTES = 16;
    static final String SCHEMA_KEY = "avro.schema";
    static final String CODEC_KEY = "avro.codec";

    private static final int MAX_METADATA_BYTES = 16 << 20;

    private final String file;
    private final InputFileStream stream;
    private final byte[] sync = new byte[SYNC_BYTES];
    private final byte[] blockSync = new byte[SYNC_BYTES];
    private final AvroInput input = new AvroInput();
    private String schema = "";
    private BlockCodec codec = BlockCodec.NULL;
    private byte[] block = {};
    private int blockLength;
    private long blockStart;

    private AvroContainer(String file, InputFileStream stream) {
        this.file = file;
        this.stream = stream;
    }

    static AvroContainer open(InputFile file) throws IOException {
        AvroContainer container = new AvroContainer(file.location(), InputFileStream.open(file));
        try {
            container.readHeader();
            return container;
        } catch (IOException | RuntimeException e) {
            container.close();
            throw e;
        }
    }

    /** Returns the text of the writer's schema. */
    String schema() {
        return schema;
    }

    /**
     * Moves to the next block.
     *
     * @return number of rows in it, -1 at the end of the file
     */
    long nextBlock() throws IOException {
        if (stream.remaining() == 0) {
            return -1;
        }
        blockStart = stream.position();
        long rows = readLong();
        long length = readLong();
        if (rows < 0 || length < 0 || length > stream.remaining() - SYNC_BYTES || length > Integer.MAX_VALUE - 16) {
            throw corrupt(
                    "block of " + rows + " rows and " + length + " bytes, but " + stream.remaining() + " are left",
                    null);
        }
        blockLength = (int) length;
        if (block.length < blockLength) {
            block = new byte[blockLength];
        }
        readFully(block, blockLength);
        readFully(blockSync, SYNC_BYTES);
        if (!Arrays.equals(sync, blockSync)) {
            throw corrupt("the block does not end with the file's sync marker", null);
        }
        return rows;
    }

    /** Returns the bytes of the current block as stored. */
    int storedBlockLength() {
        return blockLength;
    }

    /** Decompresses the current block; the input is valid until the next block. */
    AvroInput openBlock() throws IOException {
        try {
            codec.decompress(block, blockLength, input);
        } catch (IOException | RuntimeException e) {
            throw corrupt("the " + codec.avroName() + " block cannot be decompressed: " + e.getMessage(), e);
        }
        return input;
    }

    /** Returns an error that names the current block. */
    FormatException.CorruptFile corrupt(String problem, @Nullable Throwable cause) {
        return new FormatException.CorruptFile(file, null, blockStart, problem, cause);
    }

    /** Returns an error that names the current block and a column. */
    FormatException.CorruptFile corrupt(String column, String problem, Throwable cause) {
        return new FormatException.CorruptFile(file, column, blockStart, problem, cause);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void readHeader() throws IOException {
        byte[] magic = new byte[MAGIC.length];
        if (stream.remaining() < MAGIC.length) {
            throw corrupt("the file has " + stream.remaining() + " bytes, too few for an Avro header", null);
        }
        readFully(magic, MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw corrupt("the file does not start with Avro's 'Obj' and 1", null);
        }
        Map<String, byte[]> metadata = readMetadata();
        readFully(sync, SYNC_BYTES);
        byte[] schemaBytes = metadata.get(SCHEMA_KEY);
        if (schemaBytes == null) {
            throw corrupt("the header has no " + SCHEMA_KEY, null);
        }
        schema = new String(schemaBytes, StandardCharsets.UTF_8);
        byte[] codecName = metadata.get(CODEC_KEY);
        codec = codecName == null
                ? BlockCodec.NULL
                : BlockCodec.named(file, new String(codecName, StandardCharsets.UTF_8));
    }

    private Map<String, byte[]> readMetadata() throws IOException {
        Map<String, byte[]> metadata = new HashMap<>();
        long total = 0;
        while (true) {
            long count = readLong();
            if (count == 0) {
                return metadata;
            }
            if (count < 0) {
                readLong(); // bytes of the run, for readers that pass over it
                count = count == Long.MIN_VALUE ? Long.MAX_VALUE : -count;
            }
            for (long i = 0; i < count; i++) {
                byte[] key = readBytes();
                byte[] value = readBytes();
                total += key.length + value.length + 2;
                if (total > MAX_METADATA_BYTES) {
                    throw corrupt("the header has more than " + MAX_METADATA_BYTES + " bytes", null);
                }
                metadata.put(new String(key, StandardCharsets.UTF_8), value);
            }
        }
    }

    private byte[] readBytes() throws IOException {
        long length = readLong();
        if (length < 0 || length > stream.remaining() || length > MAX_METADATA_BYTES) {
            throw corrupt("a header entry of " + length + " bytes, but " + stream.remaining() + " are left", null);
        }
        byte[] bytes = new byte[(int) length];
        readFully(bytes, bytes.length);
        return bytes;
    }

    private long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = stream.read();
            if (next < 0) {
                throw corrupt("the file ends inside a number", null);
            }
            value |= (next & 0x7fL) << shift;
            if ((next & 0x80) == 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw corrupt("a number has more than 10 bytes", null);
    }

    private void readFully(byte[] target, int length) throws IOException {
        if (stream.readNBytes(target, 0, length) < length) {
            throw corrupt("the file ends early", null);
        }
    }
}
