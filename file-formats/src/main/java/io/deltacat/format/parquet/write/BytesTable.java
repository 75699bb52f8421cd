package io.deltacat.format.parquet.write;

import io.deltacat.format.parquet.codec.LittleEndian;
import java.util.Arrays;

/** Numbers distinct byte arrays in the order of their first appearance. Confined to one thread. */
final class BytesTable {
    private static final int MIN_TABLE = 256;

    private final GrowingBytes data = new GrowingBytes();
    private int[] ends = new int[MIN_TABLE / 2];
    private int[] hashes = new int[MIN_TABLE / 2];
    private int[] table = new int[MIN_TABLE];
    private int size;

    int size() {
        return size;
    }

    /** Returns the bytes of the first so many values, one after the other. */
    int dataLength(int count) {
        return count == 0 ? 0 : ends[count - 1];
    }

    byte[] data() {
        return data.array();
    }

    /** Returns where a value starts in {@link #data()}. */
    int start(int id) {
        return id == 0 ? 0 : ends[id - 1];
    }

    /** Returns the number of bytes of a value. */
    int length(int id) {
        return ends[id] - start(id);
    }

    /** Returns the id of a value, a new one if it was not seen before. */
    int idOf(byte[] source, int start, int length) {
        int hash = hash(source, start, length);
        int mask = table.length - 1;
        int slot = hash & mask;
        while (true) {
            int entry = table[slot];
            if (entry == 0) {
                return add(source, start, length, hash, slot);
            }
            int id = entry - 1;
            if (hashes[id] == hash && equal(id, source, start, length)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
    }

    private boolean equal(int id, byte[] source, int start, int length) {
        int from = start(id);
        return Arrays.equals(data.array(), from, ends[id], source, start, start + length);
    }

    private int add(byte[] source, int start, int length, int hash, int slot) {
        if (size == ends.length) {
            grow();
            return idOf(source, start, length);
        }
        data.write(source, start, length);
        ends[size] = data.length();
        hashes[size] = hash;
        table[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        ends = Arrays.copyOf(ends, 2 * ends.length);
        hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = id + 1;
        }
    }

    private static int hash(byte[] source, int start, int length) {
        long hash = length;
        int at = start;
        int end = start + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ LittleEndian.getLong(source, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        long tail = 0;
        for (; at < end; at++) {
            tail = tail << 8 | (source[at] & 0xff);
        }
        hash = (hash ^ tail) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32); // the better half
    }

    void clear() {
        if (table.length > MIN_TABLE) {
            table = new int[MIN_TABLE];
            ends = new int[MIN_TABLE / 2];
            hashes = new int[MIN_TABLE / 2];
            data.release();
        } else {
            Arrays.fill(table, 0);
            data.clear();
        }
        size = 0;
    }

    long retainedBytes() {
        return data.array().length + 4L * (ends.length + hashes.length + table.length);
    }
}
