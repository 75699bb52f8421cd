package io.deltacat.format.rowwise;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;

/** Empties vectors before rows are appended to them, nested ones included, keeping their arrays. Thread-safe. */
public final class BatchStart {
    private BatchStart() {}

    /**
     * Empties a batch.
     *
     * @param batch the batch
     */
    public static void clear(ColumnBatch batch) {
        for (int i = 0; i < batch.columnCount(); i++) {
            clear(batch.column(i));
        }
        batch.setSize(0);
    }

    private static void clear(ColumnVector vector) {
        vector.reset(0);
        if (vector instanceof BytesVector bytes) {
            bytes.usePlain();
        } else if (vector instanceof ListVector list) {
            list.offsets()[0] = 0;
            clear(list.elements());
        } else if (vector instanceof MapVector map) {
            map.offsets()[0] = 0;
            clear(map.keys());
            clear(map.values());
        } else if (vector instanceof StructVector struct) {
            for (int i = 0; i < struct.childCount(); i++) {
                clear(struct.child(i));
            }
        }
    }
}
