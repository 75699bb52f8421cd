package io.deltacat.flink.types;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;

/** Hands Flink's maps to a file writer. A null key, which Flink allows and files do not, is refused. Immutable. */
final class MapDataAccessor implements MapAccessor {

    private final StoredColumn key;
    private final boolean keyMayBeNull;
    private final ListAccessor keys;
    private final ListAccessor values;

    MapDataAccessor(StoredColumn key, StoredColumn value) {
        this.key = key;
        this.keyMayBeNull = key.declared().isNullable();
        this.keys = new ArrayDataAccessor(key);
        this.values = new ArrayDataAccessor(value);
    }

    @Override
    public Object keys(Object map) {
        ArrayData array = ((MapData) map).keyArray();
        if (keyMayBeNull) {
            requireNoNull(array);
        }
        return array;
    }

    private void requireNoNull(ArrayData array) {
        for (int i = 0; i < array.size(); i++) {
            if (array.isNullAt(i)) {
                throw new UnwritableValueException(key.path(), "null", "a map key that is not null", null);
            }
        }
    }

    @Override
    public Object values(Object map) {
        return ((MapData) map).valueArray();
    }

    @Override
    public ListAccessor keyAccessor() {
        return keys;
    }

    @Override
    public ListAccessor valueAccessor() {
        return values;
    }
}
