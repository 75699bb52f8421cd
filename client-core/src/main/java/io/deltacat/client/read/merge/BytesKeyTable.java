package io.deltacat.client.read.merge;

import io.deltacat.format.batch.ColumnBatch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys of any flat columns, kept one after the other in blocks of bytes. */
final class BytesKeyTable extends KeyTable {
    private static final int MIN_BLOCK_BYTES = 1 << 10;
    private static final int MAX_BLOCK_BYTES = 1 << 20;
    /** Of an entry beside its bytes: hash, address, length. */
    private static final long ENTRY_BYTES = 8L + 8L + 4L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] columns;
    private final KeyBytes current = new KeyBytes();
    private @Nullable ColumnBatch loaded;
    private long currentHash;
    private boolean ordered;
    private byte[] last = new byte[64];
    private int lastLength;

    private long[] hashes = new long[64];
    private byte[][] blocks = {new byte[MIN_BLOCK_BYTES]};
    private int block;
    private int used;
    /** Block number in the high half, offset in the low half. */
    private long[] addresses = new long[64];

    private int[] lengths = new int[64];
    private long storedBytes;

    BytesKeyTable(int columnCount) {
        columns = new int[columnCount];
        Arrays.setAll(columns, i -> i);
    }

    @Override
    void load(ColumnBatch batch) {
        loaded = batch;
    }

    @Override
    void select(int row) {
        current.clear();
        current.append(Objects.requireNonNull(loaded, "loaded"), columns, row);
        currentHash = hash(current.bytes(), current.length());
    }

    @Override
    void startOrder() {
        ordered = false;
    }

    @Override
    boolean ascends() {
        // byte order of the whole key; only of one text or binary column is that an order that data comes in
        boolean first = !ordered;
        ordered = true;
        boolean ascends = columns.length == 1 && (first || isAfterLast());
        last = current.copyTo(last);
        lastLength = current.length();
        return ascends;
    }

    private boolean isAfterLast() {
        int head = KeyBytes.VALUE_OFFSET;
        return lastLength >= head
                && current.length() >= head
                && Arrays.compareUnsigned(current.bytes(), head, current.length(), last, head, lastLength) > 0;
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
            blocks[block] = new byte[Math.max(blockBytes(), length)];
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
        int capacity = Math.max(64, count);
        blocks = new byte[][] {new byte[MIN_BLOCK_BYTES]};
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
    long keyBytes(long wantedEntries) {
        long perKey = entries() == 0 ? Long.BYTES : storedBytes / entries() + 1;
        return capacity(wantedEntries) * ENTRY_BYTES + wantedEntries * perKey + blockBytes();
    }

    /** Blocks grow with the table, so that small tables stay small. */
    private int blockBytes() {
        return (int) Math.max(MIN_BLOCK_BYTES, Math.min(MAX_BLOCK_BYTES, storedBytes)); // between two ints
    }

    private static long hash(byte[] bytes, int length) {
        long hash = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, i)) + i;
        }
        long tail = 0;
        for (; i < length; i++) {
            tail = tail << Byte.SIZE | bytes[i] & 0xff;
        }
        return mix(hash ^ tail);
    }
}
