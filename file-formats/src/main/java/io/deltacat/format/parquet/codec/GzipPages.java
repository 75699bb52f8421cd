package io.deltacat.format.parquet.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip pages. */
final class GzipPages implements PageCompressor, PageDecompressor {
    private static final int MAX_RATIO = 1100; // deflate's limit is 1032

    @Override
    public byte[] compress(byte[] source, int start, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 13)) {
            gzip.write(source, start, length);
        } catch (IOException e) {
            throw new UncheckedIOException("Gzip failed to compress " + length + " bytes", e);
        }
        return out.toByteArray();
    }

    @Override
    public void checkSize(byte[] source, int start, int length, int size) {
        PageCodecs.checkRatio("Gzip", length, size, MAX_RATIO);
    }

    @Override
    public void decompress(byte[] source, int start, int length, byte[] target, int targetStart, int size) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(source, start, length), 1 << 13)) {
            int read = gzip.readNBytes(target, targetStart, size);
            PageCodecs.checkFilled("Gzip", gzip.read() < 0 ? read : read + 1L, size);
        } catch (IOException e) {
            throw new MalformedDataException("Gzip page of " + length + " bytes does not decompress", e);
        }
    }

    @Override
    public void close() {
        // holds nothing
    }
}
