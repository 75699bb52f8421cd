package io.deltacat.format.parquet.read;

import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.parquet.codec.MalformedDataException;
import java.io.IOException;

/**
 * The stored bytes of one column chunk, fetched in windows so that memory does not grow with the chunk. Confined to one
 * thread.
 */
final class ChunkBytes {

    /** Chunks up to this size are fetched at once; of longer ones, this much at a time. */
    static final int WINDOW_BYTES = 8 << 20;

    private final RandomAccessInput input;
    private final ColumnBuffers buffers;
    private final long end;
    private long position;
    private byte[] window;
    private long windowStart;
    private int windowLength;

    /**
     * @param input the open file
     * @param start offset of the chunk in the file
     * @param length bytes of the chunk
     * @param buffers where windows go
     */
    ChunkBytes(RandomAccessInput input, long start, long length, ColumnBuffers buffers) {
        this(input, start, length, buffers, new byte[0], start, 0);
    }

    /**
     * @param input the open file
     * @param start offset of the chunk in the file
     * @param length bytes of the chunk
     * @param buffers where further windows go
     * @param window bytes of the file that have been fetched already, with slack behind them; not changed
     * @param windowStart offset of the window in the file
     * @param windowLength bytes of the window
     */
    ChunkBytes(
            RandomAccessInput input,
            long start,
            long length,
            ColumnBuffers buffers,
            byte[] window,
            long windowStart,
            int windowLength) {
        this.input = input;
        this.buffers = buffers;
        this.position = start;
        this.end = start + length;
        this.window = window;
        this.windowStart = windowStart;
        this.windowLength = windowLength;
    }

    /** Returns the offset in the file of the next byte. */
    long position() {
        return position;
    }

    /** Returns the bytes of the chunk behind the position. */
    long remaining() {
        return end - position;
    }

    /**
     * Makes the next bytes available in {@link #array()} from {@link #arrayPosition()} on.
     *
     * @param wanted number of bytes
     * @return number of bytes available, fewer than wanted only at the end of the chunk
     */
    int fetch(int wanted) throws IOException {
        int needed = (int) Math.min(wanted, remaining()); // at most wanted
        long available = windowStart + windowLength - position;
        if (available < needed || position < windowStart) {
            int length = (int) Math.min(Math.max(needed, WINDOW_BYTES), remaining()); // at most an int
            byte[] bytes = buffers.window(length);
            input.readFully(position, bytes, 0, length);
            window = bytes;
            windowStart = position;
            windowLength = length;
            available = length;
        }
        return (int) Math.min(available, remaining()); // a window's length
    }

    /** Returns the array that holds the fetched bytes, with slack behind them. */
    byte[] array() {
        return window;
    }

    /** Returns where the next byte is in {@link #array()}. */
    int arrayPosition() {
        return (int) (position - windowStart); // within the window
    }

    /** Moves behind the next bytes. */
    void advance(int bytes) {
        if (bytes < 0 || bytes > remaining()) {
            throw new MalformedDataException(bytes + " bytes announced, " + remaining() + " left in the column chunk");
        }
        position += bytes;
    }
}
