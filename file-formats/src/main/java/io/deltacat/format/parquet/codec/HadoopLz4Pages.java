package io.deltacat.format.parquet.codec;

import java.nio.ByteBuffer;

/**
 * Pages of the deprecated LZ4 codec: blocks, each behind its big-endian decompressed and compressed length. Writers that
 * put a raw block there instead are understood too.
 */
final class HadoopLz4Pages implements PageDecompressor {
    private static final int PREFIX_BYTES = 8;

    private final Lz4Pages raw = new Lz4Pages();

    @Override
    public void checkSize(byte[] source, int start, int length, int size) {
        raw.checkSize(source, start, length, size);
    }

    @Override
    public void decompress(byte[] source, int start, int length, byte[] target, int targetStart, int size) {
        if (!isFramed(source, start, length, size)) {
            raw.decompress(source, start, length, target, targetStart, size);
            return;
        }
        ByteBuffer frames = ByteBuffer.wrap(source, start, length);
        int filled = 0;
        while (frames.hasRemaining()) {
            int expanded = frames.getInt();
            int compressed = frames.getInt();
            raw.decompress(source, frames.position(), compressed, target, targetStart + filled, expanded);
            filled += expanded;
            frames.position(frames.position() + compressed);
        }
    }

    /** Walks the frame lengths; only if all of them add up is the page framed. */
    private static boolean isFramed(byte[] source, int start, int length, int size) {
        ByteBuffer frames = ByteBuffer.wrap(source, start, length);
        long filled = 0;
        while (frames.remaining() >= PREFIX_BYTES) {
            int expanded = frames.getInt();
            int compressed = frames.getInt();
            if (expanded <= 0 || compressed < 0 || compressed > frames.remaining()) {
                return false;
            }
            filled += expanded;
            frames.position(frames.position() + compressed);
        }
        return !frames.hasRemaining() && filled == size;
    }

    @Override
    public void close() {
        raw.close();
    }
}
