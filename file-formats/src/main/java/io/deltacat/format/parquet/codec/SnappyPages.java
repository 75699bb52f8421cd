package io.deltacat.format.parquet.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/** Snappy pages: raw blocks without framing. */
final class SnappyPages implements PageCompressor, PageDecompressor {
    private byte[] scratch = {};

    @Override
    public byte[] compress(byte[] source, int start, int length) {
        int bound = Snappy.maxCompressedLength(length);
        if (scratch.length < bound) {
            scratch = new byte[bound];
        }
        try {
            return Arrays.copyOf(scratch, Snappy.compress(source, start, length, scratch, 0));
        } catch (IOException e) {
            throw new UncheckedIOException("Snappy failed to compress " + length + " bytes", e);
        }
    }

    @Override
    public void checkSize(byte[] source, int start, int length, int size) {
        try {
            PageCodecs.checkFilled("Snappy", Snappy.uncompressedLength(source, start, length), size);
        } catch (IOException | SnappyError e) {
            throw new MalformedDataException("Snappy page of " + length + " bytes has no valid length", e);
        }
    }

    @Override
    public void decompress(byte[] source, int start, int length, byte[] target, int targetStart, int size) {
        checkSize(source, start, length, size);
        try {
            PageCodecs.checkFilled("Snappy", Snappy.uncompress(source, start, length, target, targetStart), size);
        } catch (IOException | SnappyError e) {
            throw new MalformedDataException("Snappy page of " + length + " bytes does not decompress", e);
        }
    }

    @Override
    public void close() {
        scratch = new byte[0];
    }
}
