package io.deltacat.format.stats;

import io.deltacat.format.file.RowAccessor;
import org.jspecify.annotations.Nullable;

/** Observes a column of booleans. */
final class BooleanCollector<R> extends ColumnCollector<R> {
    private boolean seenFalse;
    private boolean seenTrue;

    BooleanCollector(RowAccessor<R> rows, int column) {
        super(rows, column);
    }

    @Override
    long value(R row) {
        boolean value = rows.getBoolean(row, column);
        seenTrue |= value;
        seenFalse |= !value;
        return 0;
    }

    @Override
    long fixedBytes(long rowCount) {
        return (rowCount + 7) / 8;
    }

    @Override
    @Nullable
    Object min() {
        return seenFalse || seenTrue ? Boolean.valueOf(!seenFalse) : null;
    }

    @Override
    @Nullable
    Object max() {
        return seenFalse || seenTrue ? Boolean.valueOf(seenTrue) : null;
    }
}
