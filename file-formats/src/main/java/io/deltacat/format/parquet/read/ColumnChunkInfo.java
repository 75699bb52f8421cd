package io.deltacat.format.parquet.read;

import org.apache.parquet.format.CompressionCodec;

/**
 * Where a column chunk is, checked against the file.
 *
 * @param start offset of its first page
 * @param length stored bytes
 * @param uncompressedLength bytes of its decompressed pages with their headers
 * @param valueCount entries, nulls included
 * @param codec compression of its pages
 */
record ColumnChunkInfo(long start, long length, long uncompressedLength, long valueCount, CompressionCodec codec) {}
