package io.deltacat.format.parquet.codec;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.util.Arrays;

/** LZ4 pages: raw blocks without framing. */
final class Lz4Pages implements PageCompressor, PageDecompressor {
    private static final int MAX_RATIO = 256;

    private final Lz4Compressor compressor = new Lz4Compressor();
    private final Lz4Decompressor decompressor = new Lz4Decompressor();
    private byte[] scratch = {};

    @Override
    public byte[] compress(byte[] source, int start, int length) {
        int bound = compressor.maxCompressedLength(length);
        if (scratch.length < bound) {
            scratch = new byte[bound];
        }
        return Arrays.copyOf(scratch, compressor.compress(source, start, length, scratch, 0, bound));
    }

    @Override
    public void checkSize(byte[] source, int start, int length, int size) {
        PageCodecs.checkRatio("LZ4", length, size, MAX_RATIO);
    }

    @Override
    public void decompress(byte[] source, int start, int length, byte[] target, int targetStart, int size) {
        try {
            PageCodecs.checkFilled(
                    "LZ4", decompressor.decompress(source, start, length, target, targetStart, size), size);
        } catch (MalformedInputException | IllegalArgumentException e) {
            throw new MalformedDataException("LZ4 page of " + length + " bytes does not decompress", e);
        }
    }

    @Override
    public void close() {
        scratch = new byte[0];
    }
}
