package io.deltacat.format.feather;

/**
 * Where a message lies in the file. Immutable.
 *
 * @param offset of its first byte
 * @param metadataLength bytes of the length prefix and the flatbuffer
 * @param bodyLength bytes of the buffers behind it
 */
record ArrowBlock(long offset, int metadataLength, long bodyLength) {

    long bodyOffset() {
        return offset + metadataLength;
    }
}
