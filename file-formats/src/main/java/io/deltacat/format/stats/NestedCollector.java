package io.deltacat.format.stats;

import io.deltacat.format.file.RowAccessor;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Observes a column of lists, maps or structs, which has no bounds. */
final class NestedCollector<R> extends ColumnCollector<R> {
    private final ArrowSize<R> size;

    NestedCollector(Field field, RowAccessor<R> rows, int column) {
        super(rows, column);
        this.size = ArrowSize.of(field, rows, column);
    }

    @Override
    long value(R row) {
        return size.of(row, column);
    }

    @Override
    long nullBytes() {
        return size.ofNull();
    }

    @Override
    long fixedBytes(long rowCount) {
        return 0;
    }

    @Override
    @Nullable
    Object min() {
        return null;
    }

    @Override
    @Nullable
    Object max() {
        return null;
    }
}
