package io.deltacat.client.read.merge;

import io.deltacat.format.batch.ColumnBatch;

/**
 * Maps keys to dense entry numbers 0, 1, 2, …, in order of insertion. Confined to one thread.
 */
abstract sealed class KeyTable permits LongKeyTable, BytesKeyTable {
    static final int ABSENT = -1;

    /** Slots are at most half full. */
    private static final long SLOT_BYTES = 2L * Integer.BYTES;

    private int[] slots = new int[1024];
    private int entries;

    /** Makes the key of a row the current one. */
    abstract void select(ColumnBatch batch, int row);

    /** Returns a well mixed hash of the current key; its high half is for classes, its low half for slots. */
    abstract long hash();

    /** Returns the hash of the key of an entry. */
    abstract long hashOf(int entry);

    abstract boolean isCurrent(int entry);

    /** Stores the current key as the entry of that number. */
    abstract void store(int entry);

    /** Keeps the keys of some entries, in their order, and forgets the rest. */
    abstract void retain(int[] kept, int count);

    /** Returns the bytes of heap that the keys in use take. */
    abstract long keyBytes();

    final int entries() {
        return entries;
    }

    /** Returns the bytes of heap that the entries in use take; the tables themselves may be twice as large. */
    final long usedBytes() {
        return entries * SLOT_BYTES + keyBytes();
    }

    /** Returns the entry of the current key, or {@link #ABSENT}. */
    final int find() {
        int mask = slots.length - 1;
        int slot = (int) hash() & mask;
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (isCurrent(entry)) {
                return entry;
            }
            slot = slot + 1 & mask;
        }
        return ABSENT;
    }

    /** Adds the current key, which must be absent, and returns its entry. */
    final int add() {
        if (entries * 2L >= slots.length) {
            rehash(Math.multiplyExact(slots.length, 2));
        }
        int entry = entries++;
        store(entry);
        place(entry, hash());
        return entry;
    }

    /** Keeps the entries of the given numbers, ascending, which become 0 to {@code count - 1}. */
    final void keep(int[] kept, int count) {
        retain(kept, count);
        entries = count;
        int size = 1024;
        while (count * 2L >= size) {
            size *= 2;
        }
        rehash(size);
    }

    private void rehash(int size) {
        slots = new int[size];
        for (int entry = 0; entry < entries; entry++) {
            place(entry, hashOf(entry));
        }
    }

    private void place(int entry, long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot] = entry + 1;
    }

    /** The finalizer of MurmurHash3: every input bit reaches every output bit. */
    static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
