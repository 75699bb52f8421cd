package io.deltacat.format.feather;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.parquet.codec.LittleEndian;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * The nodes and buffers of one record batch, walked through in the order of the schema. Buffers are read one by one, so
 * columns that are passed over cost nothing. Confined to one thread.
 */
final class BatchBody {
    private static final long ZSTD_MAX_RATIO = 40_000;
    private static final int CONTINUATION = -1;
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int PREFIX_BYTES = 8;

    private final RandomAccessInput input;
    private final ArrowBlock block;
    private final RecordBatch header;
    private final long dictionaryId;
    private final boolean delta;
    private final boolean compressed;
    private byte[] window = {};
    private long windowStart;
    private int node;
    private int buffer;
    private int variadic;

    private BatchBody(RandomAccessInput input, ArrowBlock block, RecordBatch header, long dictionaryId, boolean delta) {
        this.input = input;
        this.block = block;
        this.header = header;
        this.dictionaryId = dictionaryId;
        this.delta = delta;
        BodyCompression compression = header.compression();
        this.compressed = compression != null;
        if (compression != null && compression.method() != BodyCompressionMethod.BUFFER) {
            throw new MalformedArrowException("compression method " + compression.method() + " is unknown");
        }
        if (header.length() < 0 || header.length() > Integer.MAX_VALUE - 16) {
            throw new MalformedArrowException("a batch of " + header.length() + " rows");
        }
    }

    static BatchBody open(RandomAccessInput input, ArrowBlock block) throws IOException {
        byte[] metadata = new byte[block.metadataLength()];
        input.readFully(block.offset(), metadata, 0, metadata.length);
        int start = LittleEndian.getInt(metadata, 0) == CONTINUATION ? PREFIX_BYTES : Integer.BYTES;
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOfRange(metadata, start, metadata.length));
        Message message = Message.getRootAsMessage(bytes);
        if (message.headerType() == MessageHeader.RecordBatch) {
            RecordBatch batch = new RecordBatch();
            message.header(batch);
            return new BatchBody(input, block, batch, -1, false);
        }
        if (message.headerType() == MessageHeader.DictionaryBatch) {
            DictionaryBatch dictionary = new DictionaryBatch();
            message.header(dictionary);
            RecordBatch batch = dictionary.data();
            if (batch == null) {
                throw new MalformedArrowException("a dictionary without values");
            }
            return new BatchBody(input, block, batch, dictionary.id(), dictionary.isDelta());
        }
        throw new MalformedArrowException("a message of type " + message.headerType() + ", expected a batch");
    }

    int rows() {
        return (int) header.length(); // checked by the constructor
    }

    /** Returns the bytes of the whole body as stored. */
    long storedBytes() {
        return block.bodyLength();
    }

    long dictionaryId() {
        return dictionaryId;
    }

    boolean isDelta() {
        return delta;
    }

    /** Moves to the next node and returns it. */
    FieldNode nextNode() {
        if (node >= header.nodesLength()) {
            throw new MalformedArrowException("the batch has only " + header.nodesLength() + " nodes");
        }
        return header.nodes(node++);
    }

    void skipNode() {
        node++;
    }

    void skipBuffers(int count) {
        buffer += count;
    }

    /** Returns the number of data buffers of the next column of views. */
    int nextVariadicCount() {
        if (variadic >= header.variadicBufferCountsLength()) {
            throw new MalformedArrowException("a column of views without the number of its buffers");
        }
        long count = header.variadicBufferCounts(variadic++);
        if (count < 0 || count > header.buffersLength()) {
            throw new MalformedArrowException(count + " buffers of views");
        }
        return (int) count;
    }

    /** Reads the next buffer, decompressed. */
    byte[] nextBuffer() throws IOException {
        if (buffer >= header.buffersLength()) {
            throw new MalformedArrowException("the batch has only " + header.buffersLength() + " buffers");
        }
        Buffer range = header.buffers(buffer++);
        long offset = range.offset();
        long length = range.length();
        if (offset < 0
                || length < 0
                || offset > block.bodyLength()
                || length > block.bodyLength() - offset
                || length > Integer.MAX_VALUE - 16) {
            throw new MalformedArrowException("a buffer at " + offset + " of " + length + " bytes outside the batch");
        }
        byte[] stored = read(offset, (int) length);
        return compressed && stored.length > 0 ? decompress(stored) : stored;
    }

    /** Reads a range of the body, through a window so that small buffers do not cost a request each. */
    private byte[] read(long offset, int length) throws IOException {
        byte[] target = new byte[length];
        if (length >= WINDOW_BYTES) {
            input.readFully(block.bodyOffset() + offset, target, 0, length);
            return target;
        }
        if (offset < windowStart || offset + length > windowStart + window.length) {
            window = new byte[(int) Math.min(WINDOW_BYTES, block.bodyLength() - offset)]; // at most WINDOW_BYTES
            windowStart = offset;
            input.readFully(block.bodyOffset() + offset, window, 0, window.length);
        }
        System.arraycopy(window, (int) (offset - windowStart), target, 0, length); // within the window
        return target;
    }

    private byte[] decompress(byte[] stored) {
        if (stored.length < Long.BYTES) {
            throw new MalformedArrowException("a compressed buffer of " + stored.length + " bytes");
        }
        long length = LittleEndian.getLong(stored, 0);
        if (length == -1) {
            return Arrays.copyOfRange(stored, Long.BYTES, stored.length);
        }
        BodyCompression compression = header.compression();
        boolean lz4 = compression.codec() == CompressionType.LZ4_FRAME;
        long most = stored.length * (lz4 ? Lz4Frames.MAX_RATIO : ZSTD_MAX_RATIO);
        if (length < 0 || length > most || length > Integer.MAX_VALUE - 16) {
            throw new MalformedArrowException(stored.length + " compressed bytes that claim to be " + length);
        }
        byte[] plain = new byte[(int) length];
        if (plain.length == 0) {
            return plain;
        }
        if (lz4) {
            Lz4Frames.decompress(stored, Long.BYTES, stored.length, plain);
        } else if (compression.codec() == CompressionType.ZSTD) {
            zstd(stored, plain);
        } else {
            throw new MalformedArrowException("compression codec " + compression.codec() + " is unknown");
        }
        return plain;
    }

    private static void zstd(byte[] stored, byte[] plain) {
        try {
            long size =
                    Zstd.decompressByteArray(plain, 0, plain.length, stored, Long.BYTES, stored.length - Long.BYTES);
            if (size != plain.length) {
                throw new MalformedArrowException("a Zstandard buffer of " + size + " bytes, expected " + plain.length);
            }
        } catch (ZstdException e) {
            throw new MalformedArrowException("a Zstandard buffer cannot be decompressed: " + e.getMessage());
        }
    }
}
