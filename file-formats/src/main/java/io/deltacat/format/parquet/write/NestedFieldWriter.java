package io.deltacat.format.parquet.write;

import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.List;

/**
 * Writes a struct, list or map by writing what is in it.
 *
 * @param <R> class of what the value is taken from
 */
abstract sealed class NestedFieldWriter<R> extends FieldWriter<R> {
    private final String path;
    private final boolean nullable;
    final int present;
    private long nulls;

    NestedFieldWriter(RowAccessor<R> rows, String path, boolean nullable, int present) {
        super(rows);
        this.path = path;
        this.nullable = nullable;
        this.present = present;
    }

    /** Writes a value that is not null. */
    abstract void writeValue(R row, int column, int repetition);

    @Override
    final void write(R row, int column, int repetition) {
        if (!rows.isNullAt(row, column)) {
            writeValue(row, column, repetition);
        } else if (nullable) {
            nulls++;
            writeAbsent(repetition, present - 1);
        } else {
            throw new InvalidValueException(path, "the value is null, but the column is required");
        }
    }

    @Override
    final ColumnStats stats() {
        return ColumnStats.withoutBounds(nulls);
    }

    /** Writes a struct. */
    static final class OfStruct<R> extends NestedFieldWriter<R> {
        private final List<FieldWriter<Object>> children;

        OfStruct(RowAccessor<R> rows, String path, boolean nullable, int present, List<FieldWriter<Object>> children) {
            super(rows, path, nullable, present);
            this.children = List.copyOf(children);
        }

        @Override
        void writeValue(R row, int column, int repetition) {
            Object struct = rows.getStruct(row, column);
            for (int i = 0; i < children.size(); i++) {
                children.get(i).write(struct, i, repetition);
            }
        }

        @Override
        void writeAbsent(int repetition, int definition) {
            children.forEach(child -> child.writeAbsent(repetition, definition));
        }
    }

    /** Writes a list. */
    static final class OfList<R> extends NestedFieldWriter<R> {
        private final ListAccessor lists;
        private final FieldWriter<Object> element;
        private final int repetition;
        private final int fixedSize;
        private final String path;

        /**
         * @param repetition repetition level of the second and further elements
         * @param fixedSize number of elements every list must have, or -1
         */
        OfList(
                RowAccessor<R> rows,
                ListAccessor lists,
                String path,
                boolean nullable,
                int present,
                int repetition,
                int fixedSize,
                FieldWriter<Object> element) {
            super(rows, path, nullable, present);
            this.lists = lists;
            this.element = element;
            this.repetition = repetition;
            this.fixedSize = fixedSize;
            this.path = path;
        }

        @Override
        void writeValue(R row, int column, int firstRepetition) {
            Object list = rows.getList(row, column);
            int size = lists.size(list);
            if (fixedSize >= 0 && size != fixedSize) {
                throw new InvalidValueException(path, "the list has " + size + " elements, expected " + fixedSize);
            }
            if (size == 0) {
                element.writeAbsent(firstRepetition, present);
            }
            for (int i = 0; i < size; i++) {
                element.write(list, i, i == 0 ? firstRepetition : repetition);
            }
        }

        @Override
        void writeAbsent(int absentRepetition, int definition) {
            element.writeAbsent(absentRepetition, definition);
        }
    }

    /** Writes a map. */
    static final class OfMap<R> extends NestedFieldWriter<R> {
        private final MapAccessor maps;
        private final FieldWriter<Object> key;
        private final FieldWriter<Object> value;
        private final int repetition;
        private final String path;

        /**
         * @param repetition repetition level of the second and further entries
         */
        OfMap(
                RowAccessor<R> rows,
                MapAccessor maps,
                String path,
                boolean nullable,
                int present,
                int repetition,
                FieldWriter<Object> key,
                FieldWriter<Object> value) {
            super(rows, path, nullable, present);
            this.maps = maps;
            this.key = key;
            this.value = value;
            this.repetition = repetition;
            this.path = path;
        }

        @Override
        void writeValue(R row, int column, int firstRepetition) {
            Object map = rows.getMap(row, column);
            Object keys = maps.keys(map);
            Object values = maps.values(map);
            int size = maps.keyAccessor().size(keys);
            if (maps.valueAccessor().size(values) != size) {
                throw new InvalidValueException(
                        path,
                        "the map has " + size + " keys and "
                                + maps.valueAccessor().size(values) + " values");
            }
            if (size == 0) {
                writeAbsent(firstRepetition, present);
            }
            for (int i = 0; i < size; i++) {
                key.write(keys, i, i == 0 ? firstRepetition : repetition);
                value.write(values, i, i == 0 ? firstRepetition : repetition);
            }
        }

        @Override
        void writeAbsent(int absentRepetition, int definition) {
            key.writeAbsent(absentRepetition, definition);
            value.writeAbsent(absentRepetition, definition);
        }
    }
}
