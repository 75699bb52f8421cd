package io.deltacat.format.file;

import java.io.Closeable;
import java.io.IOException;

/** An open data file. Confined to one thread at a time. */
public interface RandomAccessInput extends Closeable {

    /**
     * Reads exactly so many bytes, or fails; blocks until they are there.
     *
     * @param position offset of the first byte in the file
     * @param target array to fill
     * @param offset where to put the first byte
     * @param length number of bytes; 0 reads nothing
     * @throws java.io.EOFException if the file ends before {@code position + length}
     * @throws IOException if the storage fails
     */
    void readFully(long position, byte[] target, int offset, int length) throws IOException;

    /** Releases the stream. May be called more than once. */
    @Override
    void close() throws IOException;
}
