package io.deltacat.format.parquet.read;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of a column chunk that are to be read.
 *
 * @param start offset in the file of the first
 * @param end offset behind the last
 * @param fetched a piece of the file that covers them, if it has been fetched already, else null
 */
record ChunkSpan(long start, long end, @Nullable Piece fetched) {

    /**
     * A piece of the file.
     *
     * @param bytes the bytes, with slack behind them; not changed
     * @param start offset in the file of the first
     * @param length number of bytes
     */
    record Piece(byte[] bytes, long start, int length) {}
}
