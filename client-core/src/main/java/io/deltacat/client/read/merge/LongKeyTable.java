package io.deltacat.client.read.merge;

import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import java.util.Arrays;

/** Keys of one fixed-width column, kept as 64 bits each; null is one more key. */
final class LongKeyTable extends KeyTable {
    private long[] keys = new long[512];
    private int nullEntry = ABSENT;
    private long current;
    private boolean currentIsNull;

    @Override
    void select(ColumnBatch batch, int row) {
        ColumnVector vector = batch.column(0);
        currentIsNull = vector.isNullAt(row);
        current = currentIsNull ? 0 : KeyBytes.bits(vector, row);
    }

    @Override
    long hash() {
        return mix(current);
    }

    @Override
    long hashOf(int entry) {
        return mix(keys[entry]);
    }

    @Override
    boolean isCurrent(int entry) {
        return keys[entry] == current && (entry == nullEntry) == currentIsNull;
    }

    @Override
    void store(int entry) {
        if (entry == keys.length) {
            keys = Arrays.copyOf(keys, Math.multiplyExact(entry, 2));
        }
        keys[entry] = current;
        if (currentIsNull) {
            nullEntry = entry;
        }
    }

    @Override
    void retain(int[] kept, int count) {
        int newNull = ABSENT;
        for (int i = 0; i < count; i++) {
            keys[i] = keys[kept[i]];
            if (kept[i] == nullEntry) {
                newNull = i;
            }
        }
        nullEntry = newNull;
        keys = Arrays.copyOf(keys, Math.max(512, count));
    }

    @Override
    long keyBytes() {
        return entries() * 8L;
    }
}
