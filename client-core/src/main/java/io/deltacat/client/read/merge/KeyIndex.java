package io.deltacat.client.read.merge;

import io.deltacat.format.batch.VectorKind;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one pass has seen, newest delta first, and the winning row of each key that the current delta holds.
 * Entries of newer deltas come before {@link #newer}, since entries are numbered in order of insertion.
 */
final class KeyIndex {
    /** Header of an array and its reference. */
    private static final long RANK_OVERHEAD_BYTES = 24;

    private final KeyTable table;
    private final boolean ranked;
    private int newer;
    private long[] winners = new long[64];
    private byte[] @Nullable [] ranks = new byte[0][];
    private long rankBytes;

    KeyIndex(List<Field> keys, boolean ranked) {
        this.table = keys.size() == 1 && VectorKind.of(keys.get(0)) != VectorKind.BYTES
                ? new LongKeyTable()
                : new BytesKeyTable(keys.size());
        this.ranked = ranked;
    }

    KeyTable table() {
        return table;
    }

    /** Everything seen so far belongs to newer deltas from here on. */
    void startDelta() {
        newer = table.entries();
        Arrays.fill(ranks, null);
        rankBytes = 0;
    }

    boolean isNewer(int entry) {
        return entry < newer;
    }

    /** Adds the current key, with the row that holds it in the current delta. */
    void add(long ordinal, byte @Nullable [] rank) {
        setWinner(table.add(), ordinal, rank);
    }

    /** Adds the current key as deleted by the current delta. */
    void addDeleted() {
        table.add();
    }

    long winner(int entry) {
        return winners[entry - newer];
    }

    /** Returns the order bytes of the winner of an entry; empty when there is no order. */
    byte[] rank(int entry) {
        byte[] rank = ranks[entry - newer];
        return rank == null ? new byte[0] : rank;
    }

    void setWinner(int entry, long ordinal, byte @Nullable [] rank) {
        int index = entry - newer;
        if (index >= winners.length) {
            winners = Arrays.copyOf(winners, Math.max(index + 1, winners.length * 2));
        }
        winners[index] = ordinal;
        if (ranked) {
            if (index >= ranks.length) {
                ranks = Arrays.copyOf(ranks, Math.max(512, Math.max(index + 1, ranks.length * 2)));
            }
            byte[] old = ranks[index];
            rankBytes += (rank == null ? 0 : rank.length) - (old == null ? 0 : old.length);
            ranks[index] = rank;
        }
    }

    /** Returns the bytes of heap that the index would take with so many more keys; half as much again while it grows. */
    long bytesWith(long moreKeys) {
        long ofDelta = table.entries() - newer + moreKeys;
        long ranking = ranked ? rankBytes + ofDelta * RANK_OVERHEAD_BYTES : 0;
        return table.bytesWith(moreKeys) + KeyTable.capacity(ofDelta) * Long.BYTES + ranking;
    }

    /** Forgets the keys that are not of a class. */
    void keep(KeyClass kept) {
        int entries = table.entries();
        int[] numbers = new int[entries];
        int count = 0;
        int keptNewer = 0;
        for (int entry = 0; entry < entries; entry++) {
            if (!kept.contains(table.hashOf(entry))) {
                continue;
            }
            if (entry < newer) {
                keptNewer++;
            } else if (entry - newer < winners.length) {
                winners[count - keptNewer] = winners[entry - newer];
                if (ranked && entry - newer < ranks.length) {
                    ranks[count - keptNewer] = ranks[entry - newer];
                }
            }
            numbers[count++] = entry;
        }
        table.keep(numbers, count);
        newer = keptNewer;
        if (ranked) {
            recountRanks(count - keptNewer);
        }
    }

    private void recountRanks(int live) {
        rankBytes = 0;
        for (int i = 0; i < ranks.length; i++) {
            byte[] rank = ranks[i];
            if (i >= live) {
                ranks[i] = null;
            } else if (rank != null) {
                rankBytes += rank.length;
            }
        }
    }
}
