package io.deltacat.format.rowwise;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;

/** Appends nulls to vectors so that offsets and children stay in step. Thread-safe. */
public final class NullValue {
    private NullValue() {}

    /**
     * Grows a vector by a null.
     *
     * @param vector the vector, of size {@code row}
     * @param row index of the new row
     */
    public static void append(ColumnVector vector, int row) {
        vector.resize(row + 1);
        vector.setNull(row);
        if (vector instanceof BytesVector bytes) {
            bytes.offsets()[row + 1] = bytes.offsets()[row];
        } else if (vector instanceof ListVector list) {
            list.offsets()[row + 1] = list.offsets()[row];
        } else if (vector instanceof MapVector map) {
            map.offsets()[row + 1] = map.offsets()[row];
        } else if (vector instanceof StructVector struct) {
            for (int i = 0; i < struct.childCount(); i++) {
                append(struct.child(i), row);
            }
        }
    }
}
