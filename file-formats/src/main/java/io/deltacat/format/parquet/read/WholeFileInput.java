package io.deltacat.format.parquet.read;

import io.deltacat.format.file.RandomAccessInput;
import java.io.EOFException;
import java.io.IOException;

/** A small file that was fetched with a single request. */
final class WholeFileInput implements RandomAccessInput {

    /** Files up to this size are fetched whole: a second request would cost more than the bytes. */
    static final int MAX_BYTES = 256 << 10;

    private final byte[] content;

    private WholeFileInput(byte[] content) {
        this.content = content;
    }

    /**
     * Fetches a file whole and closes its input.
     *
     * @param input the open file
     * @param length bytes of the file, at most {@link #MAX_BYTES}
     */
    static WholeFileInput fetch(RandomAccessInput input, long length) throws IOException {
        byte[] content = new byte[Math.toIntExact(length)];
        input.readFully(0, content, 0, content.length);
        input.close();
        return new WholeFileInput(content);
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws EOFException {
        if (position < 0 || length > content.length - position) {
            throw new EOFException("the file ends at byte " + content.length);
        }
        System.arraycopy(content, Math.toIntExact(position), target, offset, length);
    }

    @Override
    public void close() {
        // the file was closed when it had been fetched
    }
}
