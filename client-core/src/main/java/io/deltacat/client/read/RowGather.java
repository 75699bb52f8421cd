package io.deltacat.client.read;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesDictionary;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;

/** Copies chosen rows of a batch close together into another one. Stateless. */
final class RowGather {
    private RowGather() {}

    /** Fills {@code target}, of the same columns, with the first {@code count} of the rows. */
    static void copy(ColumnBatch source, int[] rows, int count, ColumnBatch target) {
        for (int column = 0; column < target.columnCount(); column++) {
            copy(source.column(column), rows, count, target.column(column));
        }
        target.setSize(count);
    }

    private static void copy(ColumnVector source, int[] rows, int count, ColumnVector target) {
        if (target instanceof BytesVector bytes) {
            copyBytes((BytesVector) source, rows, count, bytes);
            return;
        }
        target.reset(count);
        copyNulls(source, rows, count, target);
        if (target instanceof LongVector longs) {
            long[] from = ((LongVector) source).values();
            long[] to = longs.values();
            for (int i = 0; i < count; i++) {
                to[i] = from[rows[i]];
            }
        } else if (target instanceof IntVector ints) {
            int[] from = ((IntVector) source).values();
            int[] to = ints.values();
            for (int i = 0; i < count; i++) {
                to[i] = from[rows[i]];
            }
        } else if (target instanceof DoubleVector doubles) {
            double[] from = ((DoubleVector) source).values();
            double[] to = doubles.values();
            for (int i = 0; i < count; i++) {
                to[i] = from[rows[i]];
            }
        } else if (target instanceof FloatVector floats) {
            float[] from = ((FloatVector) source).values();
            float[] to = floats.values();
            for (int i = 0; i < count; i++) {
                to[i] = from[rows[i]];
            }
        } else if (target instanceof BooleanVector booleans) {
            boolean[] from = ((BooleanVector) source).values();
            boolean[] to = booleans.values();
            for (int i = 0; i < count; i++) {
                to[i] = from[rows[i]];
            }
        } else {
            copyNested(source, rows, count, target);
        }
    }

    private static void copyNulls(ColumnVector source, int[] rows, int count, ColumnVector target) {
        if (source.hasNulls()) {
            for (int i = 0; i < count; i++) {
                if (source.isNullAt(rows[i])) {
                    target.setNull(i);
                }
            }
        }
    }

    private static void copyBytes(BytesVector source, int[] rows, int count, BytesVector target) {
        BytesDictionary dictionary = source.dictionary();
        if (dictionary != null) {
            target.reset(count);
            target.useDictionary(dictionary);
            int[] from = source.ids();
            int[] to = target.ids();
            for (int i = 0; i < count; i++) {
                to[i] = from[rows[i]];
            }
        } else {
            target.usePlain();
            target.reset(count);
            byte[] data = source.data();
            for (int i = 0; i < count; i++) {
                int length = source.isNullAt(rows[i]) ? 0 : source.length(rows[i]);
                target.set(i, data, source.start(rows[i]), length);
            }
        }
        copyNulls(source, rows, count, target);
    }

    private static void copyNested(ColumnVector source, int[] rows, int count, ColumnVector target) {
        if (target instanceof StructVector struct) {
            for (int child = 0; child < struct.childCount(); child++) {
                copy(((StructVector) source).child(child), rows, count, struct.child(child));
            }
        } else if (target instanceof ListVector lists) {
            int[] elements = copyRuns(((ListVector) source).offsets(), rows, count, lists.offsets());
            copy(((ListVector) source).elements(), elements, elements.length, lists.elements());
        } else {
            MapVector maps = (MapVector) target;
            int[] entries = copyRuns(((MapVector) source).offsets(), rows, count, maps.offsets());
            copy(((MapVector) source).keys(), entries, entries.length, maps.keys());
            copy(((MapVector) source).values(), entries, entries.length, maps.values());
        }
    }

    /** Writes the new offsets and returns which elements they cover. */
    private static int[] copyRuns(int[] from, int[] rows, int count, int[] to) {
        to[0] = 0;
        for (int i = 0; i < count; i++) {
            to[i + 1] = to[i] + from[rows[i] + 1] - from[rows[i]];
        }
        int[] elements = new int[to[count]];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int element = from[rows[i]]; element < from[rows[i] + 1]; element++) {
                elements[next++] = element;
            }
        }
        return elements;
    }
}
