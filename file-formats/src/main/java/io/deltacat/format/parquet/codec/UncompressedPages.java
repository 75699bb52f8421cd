package io.deltacat.format.parquet.codec;

import java.util.Arrays;

/** Pages as they are. */
final class UncompressedPages implements PageCompressor, PageDecompressor {

    @Override
    public byte[] compress(byte[] source, int start, int length) {
        return Arrays.copyOfRange(source, start, start + length);
    }

    @Override
    public void checkSize(byte[] source, int start, int length, int size) {
        PageCodecs.checkFilled("Uncompressed", length, size);
    }

    @Override
    public void decompress(byte[] source, int start, int length, byte[] target, int targetStart, int size) {
        PageCodecs.checkFilled("Uncompressed", length, size);
        System.arraycopy(source, start, target, targetStart, size);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
