package io.deltacat.format.stats;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.RowAccessor;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Observes the values of one column: nulls, bounds and the bytes Arrow would take. Confined to one thread. */
abstract class ColumnCollector<R> {
    final RowAccessor<R> rows;
    final int column;
    private long nullCount;
    private long valueBytes;

    ColumnCollector(RowAccessor<R> rows, int column) {
        this.rows = rows;
        this.column = column;
    }

    static <R> ColumnCollector<R> of(Field field, RowAccessor<R> rows, int column) {
        ArrowType type = field.getType();
        return switch (VectorKind.of(field)) {
            case BOOLEAN -> new BooleanCollector<>(rows, column);
            case INT -> new LongCollector<>(field, rows, column, true);
            case LONG -> new LongCollector<>(field, rows, column, false);
            case FLOAT -> new DoubleCollector<>(ArrowSize.fixedWidth(type), rows, column, true);
            case DOUBLE -> new DoubleCollector<>(ArrowSize.fixedWidth(type), rows, column, false);
            case BYTES ->
                type instanceof ArrowType.Decimal decimal
                        ? new LargeDecimalCollector<>(decimal, rows, column)
                        : new BytesCollector<>(type, rows, column);
            case LIST, MAP, STRUCT -> new NestedCollector<>(field, rows, column);
        };
    }

    final void add(R row) {
        if (rows.isNullAt(row, column)) {
            nullCount++;
            valueBytes += nullBytes();
        } else {
            valueBytes += value(row);
        }
    }

    final ColumnStats stats() {
        Object min = min();
        Object max = max();
        return min == null || max == null ? ColumnStats.withoutBounds(nullCount) : new ColumnStats(min, max, nullCount);
    }

    /** Returns the bytes of the column's buffers in Arrow, with a validity bitmap only where there are nulls. */
    final long arrowBytes(long rowCount) {
        return (nullCount == 0 ? 0 : (rowCount + 7) / 8) + fixedBytes(rowCount) + valueBytes;
    }

    /** Observes a value that is present and returns the bytes it takes beyond {@link #fixedBytes}. */
    abstract long value(R row);

    /** Returns the bytes a null takes beyond {@link #fixedBytes}. */
    long nullBytes() {
        return 0;
    }

    /** Returns the bytes that so many rows take whatever their values. */
    abstract long fixedBytes(long rowCount);

    abstract @Nullable Object min();

    abstract @Nullable Object max();
}
