package io.deltacat.format.rowwise;

import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.RandomAccessInput;
import java.io.IOException;
import java.io.InputStream;

/** Reads a data file from start to end through one small buffer. Confined to one thread. */
public final class InputFileStream extends InputStream {
    private static final int BUFFER_BYTES = 256 << 10;

    private final RandomAccessInput input;
    private final long length;
    private final byte[] buffer;
    private long bufferStart;
    private int bufferSize;
    private int at;

    private InputFileStream(RandomAccessInput input, long length) {
        this.input = input;
        this.length = length;
        this.buffer = new byte[(int) Math.max(1, Math.min(BUFFER_BYTES, length))]; // at most BUFFER_BYTES
    }

    /**
     * Opens a file at its start.
     *
     * @param file the file
     * @throws IOException if the storage fails
     */
    public static InputFileStream open(InputFile file) throws IOException {
        long length = file.length();
        return new InputFileStream(file.open(), length);
    }

    /** Returns the offset in the file of the next byte. */
    public long position() {
        return bufferStart + at;
    }

    /** Returns the number of bytes from the position to the end of the file. */
    public long remaining() {
        return length - position();
    }

    @Override
    public int read() throws IOException {
        return at < bufferSize || fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (at == bufferSize && !fill()) {
            return -1;
        }
        int copied = Math.min(count, bufferSize - at);
        System.arraycopy(buffer, at, target, offset, copied);
        at += copied;
        return copied;
    }

    /** Returns the bytes at hand without a request to the storage; at least one before the end of the file. */
    @Override
    public int available() {
        return at < bufferSize ? bufferSize - at : (int) Math.min(1, remaining());
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private boolean fill() throws IOException {
        bufferStart += bufferSize;
        at = 0;
        bufferSize = 0;
        int wanted = (int) Math.min(buffer.length, length - bufferStart);
        if (wanted <= 0) {
            return false;
        }
        input.readFully(bufferStart, buffer, 0, wanted);
        bufferSize = wanted;
        return true;
    }
}
