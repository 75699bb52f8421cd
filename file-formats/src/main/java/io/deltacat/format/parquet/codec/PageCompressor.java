package io.deltacat.format.parquet.codec;

import java.io.Closeable;

/** Compresses pages with one codec. Holds native memory until closed. Confined to one thread at a time. */
public interface PageCompressor extends Closeable {

    /**
     * Compresses bytes.
     *
     * @param source array with the bytes
     * @param start first byte
     * @param length number of bytes
     * @return the compressed bytes, a new array of exactly their length
     */
    byte[] compress(byte[] source, int start, int length);

    @Override
    void close();
}
