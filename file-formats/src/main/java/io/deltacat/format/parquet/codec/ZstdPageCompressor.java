package io.deltacat.format.parquet.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;

/** Compresses Zstandard pages. */
final class ZstdPageCompressor implements PageCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] scratch = {};

    ZstdPageCompressor(int level) {
        context.setLevel(level);
    }

    @Override
    public byte[] compress(byte[] source, int start, int length) {
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (scratch.length < bound) {
            scratch = new byte[bound];
        }
        return Arrays.copyOf(scratch, context.compressByteArray(scratch, 0, bound, source, start, length));
    }

    @Override
    public void close() {
        context.close();
        scratch = new byte[0];
    }
}
