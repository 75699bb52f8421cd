package io.deltacat.format.stats;

import io.deltacat.format.file.RowAccessor;
import org.jspecify.annotations.Nullable;

/** Observes a column of floating point numbers; a single NaN or infinity leaves it without bounds. */
final class DoubleCollector<R> extends ColumnCollector<R> {
    private final int width;
    private final boolean asFloat;
    private boolean seen;
    private boolean finite = true;
    private double min;
    private double max;

    DoubleCollector(int width, RowAccessor<R> rows, int column, boolean asFloat) {
        super(rows, column);
        this.width = width;
        this.asFloat = asFloat;
    }

    @Override
    long value(R row) {
        double value = asFloat ? rows.getFloat(row, column) : rows.getDouble(row, column);
        finite &= Double.isFinite(value);
        if (!seen) {
            seen = true;
            min = value;
            max = value;
        } else {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return 0;
    }

    @Override
    long fixedBytes(long rowCount) {
        return rowCount * width;
    }

    @Override
    @Nullable
    Object min() {
        return seen && finite ? Double.valueOf(min) : null;
    }

    @Override
    @Nullable
    Object max() {
        return seen && finite ? Double.valueOf(max) : null;
    }
}
