package io.deltacat.format.parquet.write;

import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.parquet.codec.Float16;

/**
 * Writes half precision numbers, rounding to the nearest.
 *
 * @param <R> class of what the value is taken from
 */
final class HalfFloatWriter<R> extends LeafFieldWriter<R, BytesLeafWriter> {
    private final byte[] stored = new byte[2];

    HalfFloatWriter(RowAccessor<R> rows, BytesLeafWriter leaf, LeafSpec spec) {
        super(rows, leaf, spec);
    }

    @Override
    void writeValue(R row, int column) {
        short half = Float16.fromFloat(rows.getFloat(row, column));
        stored[0] = (byte) half;
        stored[1] = (byte) (half >>> 8);
        leaf.add(stored);
    }
}
