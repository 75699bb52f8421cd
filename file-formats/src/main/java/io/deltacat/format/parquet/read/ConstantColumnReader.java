package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesDictionary;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fills a column the file does not have: with one value, or with nulls. */
final class ConstantColumnReader implements ColumnReader {
    private final @Nullable Object value;
    private final @Nullable BytesDictionary bytes;

    /**
     * @param value the value as {@link io.deltacat.format.schema.DefaultValues} returns it, or null
     */
    ConstantColumnReader(@Nullable Object value) {
        this.value = value;
        this.bytes =
                value instanceof byte[] single ? new BytesDictionary(single, new int[] {0, single.length}, 1) : null;
    }

    @Override
    public void startRowGroup(RowGroupPages rowGroup) {
        // the same in every row group
    }

    @Override
    public void skip(long rows) {
        // the same in every row
    }

    @Override
    public void endRowGroup() {
        // there are no pages
    }

    @Override
    public void read(ColumnVector target, int rows) {
        target.reset(rows);
        if (value == null) {
            fillNull(target, rows);
        } else if (target instanceof BooleanVector booleans) {
            Arrays.fill(booleans.values(), 0, rows, (Boolean) value);
        } else if (target instanceof IntVector ints) {
            Arrays.fill(ints.values(), 0, rows, (Integer) value);
        } else if (target instanceof LongVector longs) {
            Arrays.fill(longs.values(), 0, rows, (Long) value);
        } else if (target instanceof FloatVector floats) {
            Arrays.fill(floats.values(), 0, rows, (Float) value);
        } else if (target instanceof DoubleVector doubles) {
            Arrays.fill(doubles.values(), 0, rows, (Double) value);
        } else if (target instanceof BytesVector vector && bytes != null) {
            vector.useDictionary(bytes);
            Arrays.fill(vector.ids(), 0, rows, 0);
        } else {
            throw new IllegalStateException("no constant of class "
                    + value.getClass().getName() + " in a " + target.getClass().getName());
        }
    }

    /** Makes all rows null, children included, so that no row view meets stale sizes. */
    static void fillNull(ColumnVector target, int rows) {
        target.reset(rows);
        target.setAllNull();
        if (target instanceof BytesVector vector) {
            vector.usePlain();
            Arrays.fill(vector.offsets(), 0, rows + 1, 0);
        } else if (target instanceof ListVector list) {
            Arrays.fill(list.offsets(), 0, rows + 1, 0);
            fillNull(list.elements(), 0);
        } else if (target instanceof MapVector map) {
            Arrays.fill(map.offsets(), 0, rows + 1, 0);
            fillNull(map.keys(), 0);
            fillNull(map.values(), 0);
        } else if (target instanceof StructVector struct) {
            for (int i = 0; i < struct.childCount(); i++) {
                fillNull(struct.child(i), rows);
            }
        }
    }
}
