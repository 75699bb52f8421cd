package io.deltacat.format.parquet.write;

import io.deltacat.format.file.RowAccessor;

/**
 * Writes {@code uint32}, given as a long.
 *
 * @param <R> class of what the value is taken from
 */
final class UnsignedIntWriter<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Ints> {
    UnsignedIntWriter(RowAccessor<R> rows, PrimitiveLeafWriter.Ints leaf, LeafSpec spec) {
        super(rows, leaf, spec);
    }

    @Override
    void writeValue(R row, int column) {
        long value = rows.getLong(row, column);
        if (value >>> 32 != 0) {
            throw invalid("the value is " + value + ", expected 0 to 4294967295");
        }
        leaf.add((int) value); // its low 32 bits are all of it
    }
}
