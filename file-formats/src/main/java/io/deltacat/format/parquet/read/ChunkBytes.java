package io.deltacat.format.parquet.read;

import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.parquet.codec.MalformedDataException;
import java.io.IOException;
import java.util.List;

/**
 * The stored bytes of one column chunk, or of the parts of it that are needed, fetched in windows so that memory does not grow with the chunk. Confined to one
 * thread.
 */
final class ChunkBytes {

    /** Chunks up to this size are fetched at once; of longer ones, this much at a time. */
    static final int WINDOW_BYTES = 8 << 20;

    private final RandomAccessInput input;
    private final ColumnBuffers buffers;
    private final List<ChunkSpan> spans;
    private long end;
    private long position;
    private byte[] window = {};
    private long windowStart;
    private int windowLength;

    /**
     * @param input the open file
     * @param spans the bytes that may be read, in ascending order, one span or more
     * @param buffers where windows go
     */
    ChunkBytes(RandomAccessInput input, List<ChunkSpan> spans, ColumnBuffers buffers) {
        this.input = input;
        this.buffers = buffers;
        this.spans = List.copyOf(spans);
        jump(spans.get(0).start());
    }

    /** Moves to an offset in the file, forwards or backwards. */
    void jump(long target) {
        for (ChunkSpan span : spans) {
            if (target >= span.start() && target <= span.end()) {
                position = target;
                end = span.end();
                if (span.fetched() != null) {
                    window = span.fetched().bytes();
                    windowStart = span.fetched().start();
                    windowLength = span.fetched().length();
                }
                return;
            }
        }
        throw new MalformedDataException("byte " + target + " belongs to no page that is needed");
    }

    /** Returns the offset in the file of the next byte. */
    long position() {
        return position;
    }

    /** Returns the bytes behind the position that may be read without another jump. */
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
