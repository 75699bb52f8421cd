package io.deltacat.format.parquet.read;

import io.deltacat.format.file.RandomAccessInput;
import java.io.IOException;

/**
 * A file whose last bytes are fetched once and kept, because footer and page indexes lie there. Confined to one thread.
 */
final class TailInput implements RandomAccessInput {

    /** How many bytes at the end of a file are fetched together. */
    static final int TAIL_BYTES = 64 << 10;

    private final RandomAccessInput input;
    private final long tailStart;
    private final byte[] tail;
    private boolean fetched;

    /**
     * @param input the open file; closed with this one
     * @param length bytes of the file
     */
    TailInput(RandomAccessInput input, long length) {
        this.input = input;
        this.tail = new byte[(int) Math.min(length, TAIL_BYTES)]; // at most TAIL_BYTES
        this.tailStart = length - tail.length;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
        long from = position - tailStart;
        if (from < 0 || length > tail.length - from) {
            input.readFully(position, target, offset, length);
            return;
        }
        if (!fetched) {
            input.readFully(tailStart, tail, 0, tail.length);
            fetched = true;
        }
        System.arraycopy(tail, (int) from, target, offset, length); // within the tail
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
