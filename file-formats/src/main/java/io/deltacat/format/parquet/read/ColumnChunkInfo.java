package io.deltacat.format.parquet.read;

import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Where a column chunk is, checked against the file.
 *
 * @param start offset of its first page
 * @param length stored bytes
 * @param uncompressedLength bytes of its decompressed pages with their headers
 * @param valueCount entries, nulls included
 * @param codec compression of its pages
 * @param hints what the file says about its values and pages
 */
record ColumnChunkInfo(
        long start, long length, long uncompressedLength, long valueCount, CompressionCodec codec, Hints hints) {

    /**
     * What helps to pass over rows; a reader can do without.
     *
     * @param ordered whether bounds are in the order that the format defines for the column's type
     * @param statistics bounds and number of nulls, or null
     * @param columnIndex where the bounds of its pages are, or null
     * @param offsetIndex where the places of its pages are, or null
     */
    record Hints(
            boolean ordered,
            @Nullable Statistics statistics,
            @Nullable ByteSpan columnIndex,
            @Nullable ByteSpan offsetIndex) {}
}
