package io.deltacat.format.feather;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** The writers of lists, maps and structs. */
final class NestedWriters {
    private NestedWriters() {}

    /** Lists of any or of a fixed size; the latter have no offsets. */
    static final class Lists<R> extends ColumnWriter<R> {
        private final ListAccessor list;
        private final ColumnWriter<Object> element;
        private final int offsetWidth;
        private final int fixedSize;
        private final ArrowBuffer offsets = new ArrowBuffer();

        Lists(boolean nullable, ListAccessor list, Field element, int offsetWidth, int fixedSize) {
            super(nullable);
            this.list = list;
            this.element = ColumnWriters.of(element, list, 0);
            this.offsetWidth = offsetWidth;
            this.fixedSize = fixedSize;
            offsets.putZeros(offsetWidth);
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            Object elements = accessor.getList(row, column);
            int size = list.size(elements);
            if (fixedSize >= 0 && size != fixedSize) {
                throw new MalformedArrowException(size + " elements, expected " + fixedSize);
            }
            for (int i = 0; i < size; i++) {
                element.append(list, elements, i);
            }
            offsets.putLittleEndian(element.rows(), offsetWidth);
        }

        @Override
        void appendEmpty() {
            for (int i = 0; i < fixedSize; i++) {
                element.appendNull();
            }
            offsets.putLittleEndian(element.rows(), offsetWidth);
        }

        @Override
        void flushValues(BatchWriter batch) {
            if (fixedSize < 0) {
                batch.buffer(offsets.data(), offsets.size());
            }
            offsets.clear();
            offsets.putZeros(offsetWidth);
            element.flush(batch);
        }

        @Override
        long valueBytes() {
            return offsets.size() + element.bytes();
        }
    }

    static final class Maps<R> extends ColumnWriter<R> {
        private final MapAccessor map;
        private final ListAccessor keys;
        private final ListAccessor values;
        private final ColumnWriter<Object> key;
        private final ColumnWriter<Object> value;
        private final ArrowBuffer offsets = new ArrowBuffer();

        Maps(boolean nullable, MapAccessor map, Field entry) {
            super(nullable);
            this.map = map;
            this.keys = map.keyAccessor();
            this.values = map.valueAccessor();
            this.key = ColumnWriters.of(entry.getChildren().get(0), keys, 0);
            this.value = ColumnWriters.of(entry.getChildren().get(1), values, 0);
            offsets.putZeros(Integer.BYTES);
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            Object entries = accessor.getMap(row, column);
            Object allKeys = map.keys(entries);
            Object allValues = map.values(entries);
            for (int i = 0, size = keys.size(allKeys); i < size; i++) {
                if (keys.isNullAt(allKeys, i)) {
                    throw new MalformedArrowException("the key of a map is null");
                }
                key.append(keys, allKeys, i);
                value.append(values, allValues, i);
            }
            appendEmpty();
        }

        @Override
        void appendEmpty() {
            offsets.putLittleEndian(key.rows(), Integer.BYTES);
        }

        @Override
        void flushValues(BatchWriter batch) {
            batch.buffer(offsets.data(), offsets.size());
            offsets.clear();
            offsets.putZeros(Integer.BYTES);
            batch.node(key.rows(), 0); // the entries are structs that are never null
            batch.buffer(offsets.data(), 0);
            key.flush(batch);
            value.flush(batch);
        }

        @Override
        long valueBytes() {
            return offsets.size() + key.bytes() + value.bytes();
        }
    }

    static final class Structs<R> extends ColumnWriter<R> {
        private final RowAccessor<Object> members;
        private final List<ColumnWriter<Object>> children = new ArrayList<>();

        Structs(boolean nullable, RowAccessor<Object> members, List<Field> fields) {
            super(nullable);
            this.members = members;
            for (int i = 0; i < fields.size(); i++) {
                children.add(ColumnWriters.of(fields.get(i), members, i));
            }
        }

        @Override
        void appendValue(RowAccessor<R> accessor, R row, int column) {
            Object struct = accessor.getStruct(row, column);
            for (int i = 0; i < children.size(); i++) {
                children.get(i).append(members, struct, i);
            }
        }

        @Override
        void appendEmpty() {
            for (ColumnWriter<Object> child : children) {
                child.appendNull();
            }
        }

        @Override
        void flushValues(BatchWriter batch) {
            for (ColumnWriter<Object> child : children) {
                child.flush(batch);
            }
        }

        @Override
        long valueBytes() {
            long bytes = 0;
            for (ColumnWriter<Object> child : children) {
                bytes += child.bytes();
            }
            return bytes;
        }
    }
}
