package io.deltacat.flink.sink.writer;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;

/**
 * Open hash index from the hashes of keys to the positions of their records: two arrays of numbers, linear probing, never
 * more than two thirds full. It knows no keys; who asks compares them. Confined to one thread.
 */
@Internal
final class KeyPositions {
    /** Position of an empty slot. */
    static final long NONE = -1;

    private static final int BYTES_PER_SLOT = Long.BYTES + Integer.BYTES;
    private static final int MOST_SLOTS = 1 << 28;

    private long[] positions;
    private int[] hashes;
    private int used;

    /**
     * Creates an empty index.
     *
     * @param slots first number of slots, a power of two
     */
    KeyPositions(int slots) {
        this.positions = new long[slots];
        this.hashes = new int[slots];
        Arrays.fill(positions, NONE);
    }

    int size() {
        return used;
    }

    long bytes() {
        return (long) positions.length * BYTES_PER_SLOT;
    }

    /** Returns how many bytes the index has after one more key was added. */
    long bytesAfterGrowth() {
        return isFull() ? 2 * bytes() : bytes();
    }

    boolean isAtItsLimit() {
        return isFull() && positions.length >= MOST_SLOTS;
    }

    private boolean isFull() {
        return (used + 1L) * 3 > positions.length * 2L;
    }

    int firstSlot(int hash) {
        // Spread: the low bits of a hash decide, and the hashes of small numbers differ in the high ones.
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & positions.length - 1;
    }

    int nextSlot(int slot) {
        return slot + 1 & positions.length - 1;
    }

    long position(int slot) {
        return positions[slot];
    }

    int hash(int slot) {
        return hashes[slot];
    }

    /** Moves a key that is there to another position. */
    void move(int slot, long position) {
        positions[slot] = position;
    }

    /** Adds a key that is not there. */
    void add(int hash, long position) {
        if (isFull()) {
            grow();
        }
        int slot = firstSlot(hash);
        while (positions[slot] != NONE) {
            slot = nextSlot(slot);
        }
        positions[slot] = position;
        hashes[slot] = hash;
        used++;
    }

    private void grow() {
        long[] oldPositions = positions;
        int[] oldHashes = hashes;
        positions = new long[oldPositions.length * 2];
        hashes = new int[oldHashes.length * 2];
        Arrays.fill(positions, NONE);
        used = 0;
        for (int slot = 0; slot < oldPositions.length; slot++) {
            if (oldPositions[slot] != NONE) {
                add(oldHashes[slot], oldPositions[slot]);
            }
        }
    }

    /** Forgets all keys and keeps the arrays. */
    void clear() {
        Arrays.fill(positions, NONE);
        used = 0;
    }
}
