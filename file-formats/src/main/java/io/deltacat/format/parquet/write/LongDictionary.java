package io.deltacat.format.parquet.write;

import java.util.Arrays;

/** Numbers distinct 64-bit values in the order of their first appearance. Confined to one thread. */
final class LongDictionary {
    private static final int MIN_TABLE = 256;

    private long[] values = new long[MIN_TABLE / 2];
    private int[] table = new int[MIN_TABLE];
    private int size;

    int size() {
        return size;
    }

    /** Returns the value of an id. */
    long value(int id) {
        return values[id];
    }

    /** Returns the id of a value, a new one if it was not seen before. */
    int idOf(long value) {
        int mask = table.length - 1;
        int slot = (int) (mix(value) & mask); // at most the mask
        while (true) {
            int entry = table[slot];
            if (entry == 0) {
                return add(value, slot);
            }
            if (values[entry - 1] == value) {
                return entry - 1;
            }
            slot = (slot + 1) & mask;
        }
    }

    private int add(long value, int slot) {
        if (size == values.length) {
            grow();
            return idOf(value);
        }
        values[size] = value;
        table[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        values = Arrays.copyOf(values, 2 * values.length);
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = (int) (mix(values[id]) & mask); // at most the mask
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = id + 1;
        }
    }

    private static long mix(long value) {
        long product = value * 0x9E3779B97F4A7C15L;
        return product ^ product >>> 32;
    }

    void clear() {
        if (table.length > MIN_TABLE) {
            table = new int[MIN_TABLE];
            values = new long[MIN_TABLE / 2];
        } else {
            Arrays.fill(table, 0);
        }
        size = 0;
    }

    long retainedBytes() {
        return 8L * values.length + 4L * table.length;
    }
}
