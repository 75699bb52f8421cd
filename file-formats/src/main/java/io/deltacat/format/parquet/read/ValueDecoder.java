package io.deltacat.format.parquet.read;

/**
 * Decodes the values of one page in one encoding. {@link RunDecoder#SLACK} bytes behind the data must be readable. Running
 * out of data always throws, {@link io.deltacat.format.parquet.codec.MalformedDataException} or
 * {@link IndexOutOfBoundsException}. Confined to one thread.
 *
 * @param <A> where the values go: an array, or a vector of bytes
 */
interface ValueDecoder<A> {

    /**
     * Starts at the values of a page.
     *
     * @param data array with the encoded values
     * @param from first byte
     * @param to end of the values
     * @param count number of entries of the page, nulls included; no more values than that are read
     */
    void start(byte[] data, int from, int to, int count);

    /**
     * Decodes values.
     *
     * @param target where they go
     * @param offset index of the first
     * @param count how many
     */
    void read(A target, int offset, int count);

    /**
     * Passes over values.
     *
     * @param count how many
     */
    void skip(int count);
}
