package io.deltacat.client.read.merge;

import io.deltacat.format.batch.ColumnBatch;

/**
 * Maps keys to dense entry numbers 0, 1, 2, …, in order of insertion. Confined to one thread.
 */
abstract sealed class KeyTable permits LongKeyTable, BytesKeyTable {
    static final int ABSENT = -1;

    private static final int MIN_SLOTS = 64;

    /** Slots are at most half full; each holds an entry's number and one, or 0. */
    private int[] slots = new int[MIN_SLOTS];

    private int entries;

    /** Makes a batch of the key columns, and perhaps others behind them, the one that rows are selected of. */
    abstract void load(ColumnBatch batch);

    /** Makes the key of a row of the loaded batch the current one. */
    abstract void select(int row);

    /** Begins to watch whether keys come in ascending order. */
    abstract void startOrder();

    /**
     * Returns whether the current key is larger than the one asked about before, in whatever order this table knows; false
     * as well if it knows none. Keys that ascend are all different.
     */
    abstract boolean ascends();

    /** Returns a well mixed hash of the current key; its high half is for classes, its low half for slots. */
    abstract long hash();

    /** Returns the hash of the key of an entry. */
    abstract long hashOf(int entry);

    abstract boolean isCurrent(int entry);

    /** Stores the current key as the entry of that number. */
    abstract void store(int entry);

    /** Keeps the keys of some entries, in their order, and forgets the rest. */
    abstract void retain(int[] kept, int count);

    /** Returns the bytes of heap that the keys would take if there were so many entries. */
    abstract long keyBytes(long wantedEntries);

    final int entries() {
        return entries;
    }

    /** Returns the bytes of heap that the table would take with so many more entries; more while it grows. */
    final long bytesWith(long moreEntries) {
        long wanted = entries + moreEntries;
        return capacity(2 * wanted) * Integer.BYTES + keyBytes(wanted);
    }

    /** Returns the length of an array that grows by doubling and holds so many elements. */
    static long capacity(long elements) {
        return elements <= MIN_SLOTS ? MIN_SLOTS : Long.highestOneBit(elements - 1) << 1;
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
        int size = MIN_SLOTS;
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
