package io.deltacat.format.parquet.codec;

import java.io.Closeable;

/** Decompresses pages of one codec. Holds native memory until closed. Confined to one thread at a time. */
public interface PageDecompressor extends Closeable {

    /**
     * Checks, before memory is set aside for it, that compressed bytes can expand to a size.
     *
     * @param source array with the compressed bytes
     * @param start first compressed byte
     * @param length number of compressed bytes
     * @param size claimed number of bytes after decompression, 0 or more
     * @throws MalformedDataException if the claim is impossible
     */
    void checkSize(byte[] source, int start, int length, int size);

    /**
     * Decompresses to exactly so many bytes.
     *
     * @param source array with the compressed bytes
     * @param start first compressed byte
     * @param length number of compressed bytes
     * @param target array to fill
     * @param targetStart where to put the first byte
     * @param size number of bytes to fill, 1 or more
     * @throws MalformedDataException if the bytes do not decompress to that size
     */
    void decompress(byte[] source, int start, int length, byte[] target, int targetStart, int size);

    @Override
    void close();
}
