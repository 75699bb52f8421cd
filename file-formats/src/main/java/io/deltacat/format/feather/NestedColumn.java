package io.deltacat.format.feather;

import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.rowwise.NullValue;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** The columns of lists, maps and structs. Confined to one thread. */
abstract class NestedColumn extends ArrowColumn {
    private NestedColumn() {}

    /** Offsets of lists and maps, checked against the rows of the child. */
    private static final class Ranges {
        private final int offsetWidth;
        private byte[] offsets = {};

        Ranges(int offsetWidth) {
            this.offsetWidth = offsetWidth;
        }

        void load(BatchBody body, int rowCount) throws IOException {
            byte[] buffer = body.nextBuffer();
            offsets = rowCount == 0 ? buffer : sized(buffer, rowCount + 1L, offsetWidth);
        }

        int start(int row, int childRows) {
            long start = offset(row);
            long end = offset(row + 1);
            if (start < 0 || end < start || end > childRows) {
                throw new MalformedArrowException("elements " + start + " to " + end + " of " + childRows);
            }
            return (int) start; // at most childRows
        }

        int length(int row) {
            return (int) (offset(row + 1) - offset(row)); // start() has checked both
        }

        private long offset(int index) {
            return offsetWidth == Integer.BYTES
                    ? LittleEndian.getInt(offsets, index * Integer.BYTES)
                    : LittleEndian.getLong(offsets, index * Long.BYTES);
        }
    }

    static final class Lists extends NestedColumn {
        private final Ranges ranges;
        private final ArrowColumn element;
        private final int wantedSize;

        /**
         * @param wantedSize elements that each list must have, negative for any number
         */
        Lists(int offsetWidth, ArrowColumn element, int wantedSize) {
            this.ranges = new Ranges(offsetWidth);
            this.element = element;
            this.wantedSize = wantedSize;
        }

        @Override
        void loadValues(BatchBody body, int rowCount) throws IOException {
            ranges.load(body, rowCount);
            element.load(body);
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            int start = ranges.start(row, element.rows());
            append(element, start, ranges.length(row), (ListVector) target, at, wantedSize);
        }
    }

    static final class FixedLists extends NestedColumn {
        private final int size;
        private final ArrowColumn element;
        private final int wantedSize;

        FixedLists(int size, ArrowColumn element, int wantedSize) {
            this.size = size;
            this.element = element;
            this.wantedSize = wantedSize;
        }

        @Override
        void loadValues(BatchBody body, int rowCount) throws IOException {
            element.load(body);
            if ((long) rowCount * size > element.rows()) {
                throw new MalformedArrowException(
                        rowCount + " lists of " + size + " in " + element.rows() + " elements");
            }
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            append(element, row * size, size, (ListVector) target, at, wantedSize);
        }
    }

    static final class Maps extends NestedColumn {
        private final Ranges ranges = new Ranges(Integer.BYTES);
        private final ArrowColumn key;
        private final ArrowColumn value;

        Maps(ArrowColumn key, ArrowColumn value) {
            this.key = key;
            this.value = value;
        }

        @Override
        void loadValues(BatchBody body, int rowCount) throws IOException {
            ranges.load(body, rowCount);
            body.skipNode(); // the entries are structs that are never null
            body.skipBuffers(1);
            key.load(body);
            value.load(body);
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            MapVector map = (MapVector) target;
            int start = ranges.start(row, Math.min(key.rows(), value.rows()));
            int length = ranges.length(row);
            int end = map.offsets()[at];
            key.copy(start, length, map.keys(), end);
            value.copy(start, length, map.values(), end);
            map.offsets()[at + 1] = end + length;
        }
    }

    static final class Structs extends NestedColumn {
        private final List<Field> stored;
        private final ArrowColumn[] children;
        private final int[] wantedOfStored;

        /**
         * @param children columns by stored child, of which only the wanted ones are loaded
         * @param wantedOfStored index of the wanted child, negative if a stored child is not wanted
         */
        Structs(List<Field> stored, ArrowColumn[] children, int[] wantedOfStored) {
            this.stored = stored;
            this.children = children;
            this.wantedOfStored = wantedOfStored;
        }

        @Override
        void loadValues(BatchBody body, int rowCount) throws IOException {
            if (children.length == 0) {
                requireModest(rowCount);
            }
            for (int i = 0; i < children.length; i++) {
                if (wantedOfStored[i] < 0) {
                    ArrowLayout.skip(body, stored.get(i));
                } else {
                    children[i].load(body);
                }
            }
        }

        @Override
        void set(int row, ColumnVector target, int at) {
            StructVector struct = (StructVector) target;
            for (int i = 0; i < children.length; i++) {
                if (wantedOfStored[i] >= 0) {
                    children[i].copy(row, 1, struct.child(wantedOfStored[i]), at);
                }
            }
            for (int i = 0; i < struct.childCount(); i++) {
                if (struct.child(i).size() <= at) {
                    NullValue.append(struct.child(i), at);
                }
            }
        }
    }

    private static void append(ArrowColumn element, int start, int length, ListVector list, int at, int wantedSize) {
        if (wantedSize >= 0 && wantedSize != length) {
            throw new MalformedArrowException(length + " elements, expected " + wantedSize);
        }
        int end = list.offsets()[at];
        element.copy(start, length, list.elements(), end);
        list.offsets()[at + 1] = end + length;
    }
}
