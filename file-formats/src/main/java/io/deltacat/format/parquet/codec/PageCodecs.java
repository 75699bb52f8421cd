package io.deltacat.format.parquet.codec;

import io.deltacat.format.file.Codec;
import java.util.Optional;
import org.apache.parquet.format.CompressionCodec;

/** Finds the implementation of a codec. Thread-safe. */
public final class PageCodecs {
    private PageCodecs() {}

    /** Returns whether {@link #decompressor} knows a codec that a file names. */
    public static boolean isSupported(CompressionCodec codec) {
        return codec != CompressionCodec.LZO && codec != CompressionCodec.BROTLI;
    }

    /**
     * Returns a new decompressor for a codec that a file names, empty if it is not supported (LZO, Brotli).
     *
     * @param codec codec of a column chunk
     */
    public static Optional<PageDecompressor> decompressor(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED -> Optional.of(new UncompressedPages());
            case SNAPPY -> Optional.of(new SnappyPages());
            case GZIP -> Optional.of(new GzipPages());
            case ZSTD -> Optional.of(new ZstdPages());
            case LZ4_RAW -> Optional.of(new Lz4Pages());
            case LZ4 -> Optional.of(new HadoopLz4Pages());
            case LZO, BROTLI -> Optional.empty();
        };
    }

    /**
     * Returns a new compressor.
     *
     * @param codec the codec
     * @param zstdLevel level of {@link Codec#ZSTD}
     */
    public static PageCompressor compressor(Codec codec, int zstdLevel) {
        return switch (codec) {
            case UNCOMPRESSED -> new UncompressedPages();
            case SNAPPY -> new SnappyPages();
            case ZSTD -> new ZstdPageCompressor(zstdLevel);
            case GZIP -> new GzipPages();
            case LZ4 -> new Lz4Pages();
        };
    }

    /** Returns the name that files give to a codec. */
    public static CompressionCodec nameInFile(Codec codec) {
        return switch (codec) {
            case UNCOMPRESSED -> CompressionCodec.UNCOMPRESSED;
            case SNAPPY -> CompressionCodec.SNAPPY;
            case ZSTD -> CompressionCodec.ZSTD;
            case GZIP -> CompressionCodec.GZIP;
            case LZ4 -> CompressionCodec.LZ4_RAW;
        };
    }

    /** Refuses a claimed size that no input of the given length can expand to. */
    static void checkRatio(String codec, int length, int size, int maxRatio) {
        if (size > (long) length * maxRatio + 64) {
            throw new MalformedDataException(
                    codec + " page of " + length + " bytes claims to hold " + size + " bytes, which is impossible");
        }
    }

    /** Refuses a page that expanded to another size than its header says. */
    static void checkFilled(String codec, long actual, int size) {
        if (actual != size) {
            throw new MalformedDataException(codec + " page expands to " + actual + " bytes, its header says " + size);
        }
    }
}
