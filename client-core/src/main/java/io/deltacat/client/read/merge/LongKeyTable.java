package io.deltacat.client.read.merge;

import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.LongVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keys of one fixed-width column, kept as 64 bits each; null is one more key. */
final class LongKeyTable extends KeyTable {
    private long[] keys = new long[64];
    private long[] loaded = new long[0];
    private @Nullable ColumnVector loadedVector;
    private int nullEntry = ABSENT;
    private long current;
    private boolean currentIsNull;
    private boolean ordered;
    private long last;

    @Override
    void load(ColumnBatch batch) {
        ColumnVector vector = batch.column(0);
        int size = batch.size();
        if (vector instanceof LongVector longs) {
            loaded = longs.values();
        } else {
            if (loaded.length < size || loadedVector instanceof LongVector) {
                loaded = new long[size];
            }
            for (int row = 0; row < size; row++) {
                loaded[row] = KeyBytes.bits(vector, row);
            }
        }
        loadedVector = vector;
    }

    @Override
    void select(int row) {
        currentIsNull = loadedVector != null && loadedVector.isNullAt(row);
        current = currentIsNull ? 0 : loaded[row];
    }

    @Override
    void startOrder() {
        ordered = false;
    }

    @Override
    boolean ascends() {
        boolean ascends = !currentIsNull && (!ordered || current > last);
        ordered = true;
        last = current;
        return ascends;
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
        keys = Arrays.copyOf(keys, Math.max(64, count));
    }

    @Override
    long keyBytes(long wantedEntries) {
        return capacity(wantedEntries) * Long.BYTES;
    }
}
