package io.deltacat.client.read.merge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing set of row numbers, one bit each, in blocks that are there only where a row is in the set. */
final class RowBits {
    private static final int BLOCK_ROWS_BITS = 12;
    private static final int BLOCK_WORDS = 1 << BLOCK_ROWS_BITS - 6;

    private long[] @Nullable [] blocks = new long[0][];
    private long bytes;

    void set(long row) {
        int block = Math.toIntExact(row >>> BLOCK_ROWS_BITS);
        if (block >= blocks.length) {
            bytes -= blocks.length * 4L;
            blocks = Arrays.copyOf(blocks, Math.max(block + 1, Math.max(16, blocks.length + (blocks.length >> 1))));
            bytes += blocks.length * 4L;
        }
        long[] words = blocks[block];
        if (words == null) {
            words = new long[BLOCK_WORDS];
            blocks[block] = words;
            bytes += BLOCK_WORDS * 8L;
        }
        words[word(row)] |= 1L << row;
    }

    boolean get(long row) {
        long[] words = block(row);
        return words != null && (words[word(row)] & 1L << row) != 0;
    }

    /** Returns the first row from {@code from} on that is not in the set, or {@code end} if there is none below it. */
    long nextAbsent(long from, long end) {
        long row = from;
        while (row < end) {
            long[] words = block(row);
            if (words == null) {
                return row;
            }
            long absent = ~words[word(row)] >>> row;
            if (absent != 0) {
                return Math.min(end, row + Long.numberOfTrailingZeros(absent));
            }
            row = (row | 63) + 1;
        }
        return end;
    }

    /** Writes the rows from {@code from} to {@code from + count - 1} that are absent, less {@code from}; returns how many. */
    int absent(long from, int count, int[] target) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            long[] words = block(from + i);
            if (words == null || (words[word(from + i)] & 1L << from + i) == 0) {
                target[found++] = i;
            }
        }
        return found;
    }

    /** Returns whether some row from {@code from} to {@code end - 1} is in the set. */
    boolean any(long from, long end) {
        long row = from;
        while (row < end) {
            long[] words = block(row);
            if (words == null) {
                row = (row >>> BLOCK_ROWS_BITS) + 1 << BLOCK_ROWS_BITS;
                continue;
            }
            long present = words[word(row)] >>> row;
            if (present != 0) {
                return row + Long.numberOfTrailingZeros(present) < end;
            }
            row = (row | 63) + 1;
        }
        return false;
    }

    /** Returns the heap taken, in bytes. */
    long bytes() {
        return bytes;
    }

    private long @Nullable [] block(long row) {
        long block = row >>> BLOCK_ROWS_BITS;
        return block < blocks.length ? blocks[(int) block] : null; // below an array length
    }

    private static int word(long row) {
        return (int) (row >>> 6) & BLOCK_WORDS - 1; // masked to the block
    }
}
