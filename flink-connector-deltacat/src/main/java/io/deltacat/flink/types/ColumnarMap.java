package io.deltacat.flink.types;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;

/** The entries of one map of a column, seen as Flink's map; valid as long as the batch is. */
final class ColumnarMap implements MapData {

    private final ColumnarArray keys;
    private final ColumnarArray values;

    ColumnarMap(ColumnView keys, ColumnView values, int start, int size) {
        this.keys = new ColumnarArray(keys, start, size);
        this.values = new ColumnarArray(values, start, size);
    }

    @Override
    public int size() {
        return keys.size();
    }

    @Override
    public ArrayData keyArray() {
        return keys;
    }

    @Override
    public ArrayData valueArray() {
        return values;
    }
}
