package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.codec.PageCodecs;
import io.deltacat.format.parquet.codec.PageDecompressor;
import java.util.EnumMap;
import java.util.Map;
import org.apache.parquet.format.CompressionCodec;

/** The decompressors of one open file, made when first needed. Confined to one thread. */
final class DecompressorPool implements AutoCloseable {
    private final Map<CompressionCodec, PageDecompressor> open = new EnumMap<>(CompressionCodec.class);

    /**
     * Returns the decompressor of a codec.
     *
     * @param codec a supported codec
     */
    PageDecompressor get(CompressionCodec codec) {
        return open.computeIfAbsent(
                codec,
                missing -> PageCodecs.decompressor(missing)
                        .orElseThrow(() ->
                                new IllegalStateException("codec " + missing + " was not refused by the footer")));
    }

    @Override
    public void close() {
        open.values().forEach(PageDecompressor::close);
        open.clear();
    }
}
