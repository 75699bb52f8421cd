package io.deltacat.format.feather;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.google.flatbuffers.FlatBufferBuilder;
import io.deltacat.format.parquet.codec.LittleEndian;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Lays out one record batch: the message, and the buffers behind it. Confined to one thread. */
final class BatchWriter {
    private static final int ALIGNMENT = 8;
    private static final int UNCOMPRESSED = -1;

    private record Node(long rows, long nulls) {}

    private record Range(long offset, long length) {}

    private final @Nullable ZstdCompressCtx zstd;
    private final ArrowBuffer body = new ArrowBuffer();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Range> buffers = new ArrayList<>();

    /**
     * @param zstd compresses the buffers, null to leave them plain
     */
    BatchWriter(@Nullable ZstdCompressCtx zstd) {
        this.zstd = zstd;
    }

    void node(int rows, int nulls) {
        nodes.add(new Node(rows, nulls));
    }

    void buffer(byte[] data, int length) {
        int offset = body.size();
        if (length > 0) {
            if (zstd == null) {
                body.put(data, 0, length);
            } else {
                compress(zstd, data, length);
            }
        }
        buffers.add(new Range(offset, body.size() - offset));
        body.putZeros(-body.size() & (ALIGNMENT - 1));
    }

    ArrowBuffer body() {
        return body;
    }

    /** Returns the message with its prefix, padded so that the body behind it is aligned. */
    byte[] message(int rows) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        RecordBatch.startNodesVector(builder, nodes.size());
        for (int i = nodes.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, nodes.get(i).rows(), nodes.get(i).nulls());
        }
        int nodesOffset = builder.endVector();
        RecordBatch.startBuffersVector(builder, buffers.size());
        for (int i = buffers.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, buffers.get(i).offset(), buffers.get(i).length());
        }
        int buffersOffset = builder.endVector();
        int compression = zstd == null
                ? 0
                : BodyCompression.createBodyCompression(builder, CompressionType.ZSTD, BodyCompressionMethod.BUFFER);
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, rows);
        RecordBatch.addNodes(builder, nodesOffset);
        RecordBatch.addBuffers(builder, buffersOffset);
        if (zstd != null) {
            RecordBatch.addCompression(builder, compression);
        }
        int batch = RecordBatch.endRecordBatch(builder);
        Message.startMessage(builder);
        Message.addHeaderType(builder, MessageHeader.RecordBatch);
        Message.addHeader(builder, batch);
        Message.addVersion(builder, MetadataVersion.V5);
        Message.addBodyLength(builder, body.size());
        builder.finish(Message.endMessage(builder));
        return framed(builder.sizedByteArray());
    }

    /** Returns a flatbuffer behind the mark of a message and its padded length. */
    static byte[] framed(byte[] flatbuffer) {
        int padded = flatbuffer.length + (-flatbuffer.length & (ALIGNMENT - 1));
        byte[] message = new byte[2 * Integer.BYTES + padded];
        LittleEndian.putInt(message, 0, -1);
        LittleEndian.putInt(message, Integer.BYTES, padded);
        System.arraycopy(flatbuffer, 0, message, 2 * Integer.BYTES, flatbuffer.length);
        return message;
    }

    private void compress(ZstdCompressCtx context, byte[] data, int length) {
        byte[] target = new byte[Math.toIntExact(Zstd.compressBound(length))];
        int size = context.compressByteArray(target, 0, target.length, data, 0, length);
        if (size < length) {
            body.putLittleEndian(length, Long.BYTES);
            body.put(target, 0, size);
        } else {
            body.putLittleEndian(UNCOMPRESSED, Long.BYTES);
            body.put(data, 0, length);
        }
    }
}
