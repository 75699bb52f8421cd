package io.deltacat.format.stats;

import io.deltacat.format.file.RowAccessor;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Observes a column of decimals of more than 18 digits. */
final class LargeDecimalCollector<R> extends ColumnCollector<R> {
    private final int scale;
    private final int width;
    private @Nullable BigInteger min;
    private @Nullable BigInteger max;

    LargeDecimalCollector(ArrowType.Decimal type, RowAccessor<R> rows, int column) {
        super(rows, column);
        this.scale = type.getScale();
        this.width = ArrowSize.fixedWidth(type);
    }

    @Override
    long value(R row) {
        BigInteger value = new BigInteger(rows.getBytes(row, column));
        min = min == null ? value : min.min(value);
        max = max == null ? value : max.max(value);
        return 0;
    }

    @Override
    long fixedBytes(long rowCount) {
        return rowCount * width;
    }

    @Override
    @Nullable
    Object min() {
        return min == null ? null : new BigDecimal(min, scale);
    }

    @Override
    @Nullable
    Object max() {
        return max == null ? null : new BigDecimal(max, scale);
    }
}
