package io.deltacat.format.parquet.read;

/**
 * Consecutive bytes of a file.
 *
 * @param start offset of the first
 * @param end offset behind the last
 */
record ByteSpan(long start, long end) {

    long length() {
        return end - start;
    }
}
