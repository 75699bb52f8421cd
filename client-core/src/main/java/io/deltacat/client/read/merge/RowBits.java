package io.deltacat.client.read.merge;

import java.util.Arrays;

/** A growing set of row numbers of one file, from 0; one bit each. */
final class RowBits {
    private static final long[] NONE = {};

    private long[] words = NONE;
    private long count;

    void set(long row) {
        int word = Math.toIntExact(row >>> 6);
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, Math.max(16, words.length + (words.length >> 1))));
        }
        count += (words[word] & 1L << row) == 0 ? 1 : 0;
        words[word] |= 1L << row;
    }

    boolean get(long row) {
        long word = row >>> 6;
        return word < words.length && (words[(int) word] & 1L << row) != 0; // below an array length
    }

    boolean isEmpty() {
        return count == 0;
    }
}
