package io.deltacat.client.read.merge;

import io.deltacat.format.batch.ColumnBatch;
import java.util.Arrays;

/** Keys of any flat columns, kept one after the other in blocks of bytes. */
final class BytesKeyTable extends KeyTable {
    private static final int BLOCK_BITS = 16;
    private static final int BLOCK_BYTES = 1 << BLOCK_BITS;

    private final int[] columns;
    private final KeyBytes current = new KeyBytes();
    private long currentHash;

    private long[] hashes = new long[512];
    private byte[][] blocks = {new byte[BLOCK_BYTES]};
    private int block;
    private int used;
    /** Block number in the high half, offset in the low half. */
    private long[] addresses = new long[512];

    private int[] lengths = new int[512];
    private long storedBytes;

    BytesKeyTable(int columnCount) {
        columns = new int[columnCount];
        Arrays.setAll(columns, i -> i);
    }

    @Override
    void select(ColumnBatch batch, int row) {
        current.clear();
        current.append(batch, columns, row);
        currentHash = hash(current.bytes(), current.length());
    }

    @Override
    long hash() {
        return currentHash;
    }

    @Override
    long hashOf(int entry) {
        return hashes[entry];
    }

    @Override
    boolean isCurrent(int entry) {
        if (hashes[entry] != currentHash || lengths[entry] != current.length()) {
            return false;
        }
        int start = (int) addresses[entry]; // the low half
        return Arrays.equals(
                blocks[(int) (addresses[entry] >>> 32)],
                start,
                start + lengths[entry],
                current.bytes(),
                0,
                current.length());
    }

    @Override
    void store(int entry) {
        if (entry == hashes.length) {
            int capacity = Math.multiplyExact(entry, 2);
            hashes = Arrays.copyOf(hashes, capacity);
            addresses = Arrays.copyOf(addresses, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        int length = current.length();
        if (length > blocks[block].length - used) {
            block++;
            if (block == blocks.length) {
                blocks = Arrays.copyOf(blocks, blocks.length * 2);
            }
            blocks[block] = new byte[Math.max(BLOCK_BYTES, length)];
            used = 0;
        }
        System.arraycopy(current.bytes(), 0, blocks[block], used, length);
        hashes[entry] = currentHash;
        addresses[entry] = (long) block << 32 | used;
        lengths[entry] = length;
        used += length;
        storedBytes += length;
    }

    @Override
    void retain(int[] kept, int count) {
        byte[][] oldBlocks = blocks;
        long[] oldAddresses = addresses;
        int[] oldLengths = lengths;
        long[] oldHashes = hashes;
        int capacity = Math.max(512, count);
        blocks = new byte[][] {new byte[BLOCK_BYTES]};
        storedBytes = 0;
        block = 0;
        used = 0;
        hashes = new long[capacity];
        addresses = new long[capacity];
        lengths = new int[capacity];
        for (int i = 0; i < count; i++) {
            long address = oldAddresses[kept[i]];
            current.set(oldBlocks[(int) (address >>> 32)], (int) address, oldLengths[kept[i]]);
            currentHash = oldHashes[kept[i]];
            store(i);
        }
    }

    @Override
    long keyBytes() {
        return storedBytes + entries() * 20L;
    }

    private static long hash(byte[] bytes, int length) {
        long hash = length;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            long word = 0;
            for (int j = 0; j < 8; j++) {
                word = word << 8 | bytes[i + j] & 0xff;
            }
            hash = mix(hash ^ word) + i;
        }
        long tail = 0;
        for (; i < length; i++) {
            tail = tail << 8 | bytes[i] & 0xff;
        }
        return mix(hash ^ tail);
    }
}
