package io.deltacat.format.stats;

import io.deltacat.format.file.RowAccessor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * Observes a column of strings or bytes. Strings are bounded by code point, which is the order of their UTF-8 bytes; a
 * bound of more than {@link #MAX_BOUND_BYTES} leaves the column without bounds, as do bytes that are no text.
 */
final class BytesCollector<R> extends ColumnCollector<R> {
    static final int MAX_BOUND_BYTES = 1024;

    private final boolean text;
    private final int offsetWidth;
    private final int fixedWidth;
    private byte @Nullable [] min;
    private byte @Nullable [] max;

    BytesCollector(ArrowType type, RowAccessor<R> rows, int column) {
        super(rows, column);
        this.text = ArrowSize.isText(type);
        this.offsetWidth = ArrowSize.offsetWidth(type);
        this.fixedWidth = type instanceof ArrowType.FixedSizeBinary fixed ? fixed.getByteWidth() : 0;
    }

    @Override
    long value(R row) {
        byte[] value = rows.getBytes(row, column);
        if (text) {
            if (min == null || Arrays.compareUnsigned(value, min) < 0) {
                min = value.clone();
            }
            if (max == null || Arrays.compareUnsigned(value, max) > 0) {
                max = value.clone();
            }
        }
        return fixedWidth > 0 ? 0 : value.length;
    }

    @Override
    long fixedBytes(long rowCount) {
        return fixedWidth > 0 ? rowCount * fixedWidth : (rowCount + 1) * offsetWidth;
    }

    @Override
    @Nullable
    Object min() {
        return bound(min);
    }

    @Override
    @Nullable
    Object max() {
        return bound(max);
    }

    private static @Nullable String bound(byte @Nullable [] value) {
        return value == null || value.length > MAX_BOUND_BYTES ? null : new String(value, StandardCharsets.UTF_8);
    }
}
