package io.deltacat.format.stats;

import io.deltacat.format.file.RowAccessor;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Observes a column of whole numbers: integers, dates, times, timestamps and decimals of up to 18 digits. */
final class LongCollector<R> extends ColumnCollector<R> {
    private final ArrowType type;
    private final boolean asInt;
    private final int width;

    /** Added before comparing, so that the 64 bits of a {@code uint64} compare as unsigned. */
    private final long bias;

    private boolean seen;
    private long min;
    private long max;

    LongCollector(Field field, RowAccessor<R> rows, int column, boolean asInt) {
        super(rows, column);
        this.type = field.getType();
        this.asInt = asInt;
        this.width = ArrowSize.fixedWidth(type);
        this.bias = BoundValues.isUnsignedLong(type) ? Long.MIN_VALUE : 0;
    }

    @Override
    long value(R row) {
        long value = (asInt ? rows.getInt(row, column) : rows.getLong(row, column)) + bias;
        if (!seen) {
            seen = true;
            min = value;
            max = value;
        } else if (value < min) {
            min = value;
        } else if (value > max) {
            max = value;
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
        return seen ? BoundValues.ofLong(type, min - bias) : null;
    }

    @Override
    @Nullable
    Object max() {
        return seen ? BoundValues.ofLong(type, max - bias) : null;
    }
}
