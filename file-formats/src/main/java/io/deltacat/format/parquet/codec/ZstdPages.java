package io.deltacat.format.parquet.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/** Decompresses Zstandard pages. */
final class ZstdPages implements PageDecompressor {
    private static final int MAX_RATIO = 40_000; // a block of 128 KiB takes at least 4 bytes
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();

    @Override
    public void checkSize(byte[] source, int start, int length, int size) {
        long stated = Zstd.getFrameContentSize(source, start, length);
        if (stated > 0 && stated > size) {
            throw new MalformedDataException("Zstandard page holds " + stated + " bytes, its header says " + size);
        }
        PageCodecs.checkRatio("Zstandard", length, size, MAX_RATIO);
    }

    @Override
    public void decompress(byte[] source, int start, int length, byte[] target, int targetStart, int size) {
        try {
            PageCodecs.checkFilled(
                    "Zstandard", context.decompressByteArray(target, targetStart, size, source, start, length), size);
        } catch (ZstdException e) {
            throw new MalformedDataException("Zstandard page of " + length + " bytes does not decompress", e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
