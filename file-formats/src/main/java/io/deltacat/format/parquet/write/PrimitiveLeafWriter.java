package io.deltacat.format.parquet.write;

import java.util.Arrays;

/**
 * Collects values of a fixed width. One nested class per physical type, so that every loop over values is over one array
 * class.
 */
abstract sealed class PrimitiveLeafWriter extends LeafWriter {
    private final int width;
    private final int pageValues;
    final LongDictionary dictionary = new LongDictionary();
    private int committed;
    int count;
    int[] ids = {};

    PrimitiveLeafWriter(
            LeafSpec spec, PageWriter pages, int pageBytes, BoundsFactory bounds, boolean tryDictionary, int width) {
        super(spec, pages, pageBytes, bounds, tryDictionary);
        this.width = width;
        this.pageValues = Math.max(1, Math.min(MAX_PAGE_ENTRIES, pageBytes / width));
    }

    /** Looks values up in the dictionary. */
    abstract void lookUp(int from, int to);

    /**
     * Makes room for a value: by a larger array, or by closing the page if the column is flat and the page full.
     *
     * @param capacity length of the array of values
     * @return the wanted length of the array
     */
    final int makeRoom(int capacity) {
        if (capacity < pageValues) {
            return Math.min(pageValues, Math.max(64, 2 * capacity));
        }
        if (isFlat()) {
            closePage();
            return capacity;
        }
        return 2 * capacity;
    }

    @Override
    final int valueCount() {
        return count;
    }

    @Override
    final long plainValueBytes() {
        return (long) count * width;
    }

    @Override
    final boolean encodeIds(DictionaryChoice choice) {
        if (ids.length < count) {
            ids = new int[count];
        }
        for (int from = 0, to; from < count; from = to) {
            to = choice.codedValues() == 0 && from == 0 ? Math.min(count, DictionaryChoice.FIRST_PROBE) : count;
            lookUp(from, to);
            if (!choice.pays(choice.codedValues() + to, dictionary.size(), (long) dictionary.size() * width, width)) {
                choice.giveUp();
                return false;
            }
        }
        committed = dictionary.size();
        choice.accept(count);
        return true;
    }

    @Override
    final int[] ids() {
        return ids;
    }

    @Override
    final int dictionarySize() {
        return committed;
    }

    @Override
    final long dictionaryBytes() {
        return (long) committed * width;
    }

    @Override
    final void clearDictionary() {
        dictionary.clear();
        committed = 0;
    }

    @Override
    final void clearValues() {
        count = 0;
    }

    @Override
    final long retainedValueBytes() {
        return (long) capacity() * width + 4L * ids.length + dictionary.retainedBytes();
    }

    abstract int capacity();

    /** Collects INT32. */
    static final class Ints extends PrimitiveLeafWriter {
        private int[] values = {};

        Ints(LeafSpec spec, PageWriter pages, int pageBytes, boolean unsigned) {
            super(spec, pages, pageBytes, () -> new Bounds.OfLongs(Integer.BYTES, unsigned), true, Integer.BYTES);
        }

        void add(int value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, makeRoom(values.length));
            }
            values[count++] = value;
        }

        @Override
        void includeValues(Bounds bounds) {
            ((Bounds.OfLongs) bounds).include(values, count);
        }

        @Override
        void encodePlain(GrowingBytes out) {
            out.buffer(Math.multiplyExact(count, Integer.BYTES)).asIntBuffer().put(values, 0, count);
        }

        @Override
        void lookUp(int from, int to) {
            for (int i = from; i < to; i++) {
                ids[i] = dictionary.idOf(values[i]);
            }
        }

        @Override
        void encodeDictionary(GrowingBytes out) {
            for (int id = 0, n = dictionarySize(); id < n; id++) {
                out.putInt((int) dictionary.value(id)); // was an int
            }
        }

        @Override
        int capacity() {
            return values.length;
        }
    }

    /** Collects INT64. */
    static final class Longs extends PrimitiveLeafWriter {
        private long[] values = {};

        Longs(LeafSpec spec, PageWriter pages, int pageBytes, boolean unsigned) {
            super(spec, pages, pageBytes, () -> new Bounds.OfLongs(Long.BYTES, unsigned), true, Long.BYTES);
        }

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, makeRoom(values.length));
            }
            values[count++] = value;
        }

        @Override
        void includeValues(Bounds bounds) {
            ((Bounds.OfLongs) bounds).include(values, count);
        }

        @Override
        void encodePlain(GrowingBytes out) {
            out.buffer(Math.multiplyExact(count, Long.BYTES)).asLongBuffer().put(values, 0, count);
        }

        @Override
        void lookUp(int from, int to) {
            for (int i = from; i < to; i++) {
                ids[i] = dictionary.idOf(values[i]);
            }
        }

        @Override
        void encodeDictionary(GrowingBytes out) {
            for (int id = 0, n = dictionarySize(); id < n; id++) {
                out.buffer(Long.BYTES).putLong(dictionary.value(id));
            }
        }

        @Override
        int capacity() {
            return values.length;
        }
    }

    /** Collects FLOAT. */
    static final class Floats extends PrimitiveLeafWriter {
        private float[] values = {};

        Floats(LeafSpec spec, PageWriter pages, int pageBytes) {
            super(spec, pages, pageBytes, () -> new Bounds.OfDoubles(Float.BYTES), true, Float.BYTES);
        }

        void add(float value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, makeRoom(values.length));
            }
            values[count++] = value;
        }

        @Override
        void includeValues(Bounds bounds) {
            ((Bounds.OfDoubles) bounds).include(values, count);
        }

        @Override
        void encodePlain(GrowingBytes out) {
            out.buffer(Math.multiplyExact(count, Float.BYTES)).asFloatBuffer().put(values, 0, count);
        }

        @Override
        void lookUp(int from, int to) {
            for (int i = from; i < to; i++) {
                ids[i] = dictionary.idOf(Float.floatToRawIntBits(values[i]));
            }
        }

        @Override
        void encodeDictionary(GrowingBytes out) {
            for (int id = 0, n = dictionarySize(); id < n; id++) {
                out.putInt((int) dictionary.value(id)); // was the bits of a float
            }
        }

        @Override
        int capacity() {
            return values.length;
        }
    }

    /** Collects DOUBLE. */
    static final class Doubles extends PrimitiveLeafWriter {
        private double[] values = {};

        Doubles(LeafSpec spec, PageWriter pages, int pageBytes) {
            super(spec, pages, pageBytes, () -> new Bounds.OfDoubles(Double.BYTES), true, Double.BYTES);
        }

        void add(double value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, makeRoom(values.length));
            }
            values[count++] = value;
        }

        @Override
        void includeValues(Bounds bounds) {
            ((Bounds.OfDoubles) bounds).include(values, count);
        }

        @Override
        void encodePlain(GrowingBytes out) {
            out.buffer(Math.multiplyExact(count, Double.BYTES)).asDoubleBuffer().put(values, 0, count);
        }

        @Override
        void lookUp(int from, int to) {
            for (int i = from; i < to; i++) {
                ids[i] = dictionary.idOf(Double.doubleToRawLongBits(values[i]));
            }
        }

        @Override
        void encodeDictionary(GrowingBytes out) {
            for (int id = 0, n = dictionarySize(); id < n; id++) {
                out.buffer(Long.BYTES).putLong(dictionary.value(id));
            }
        }

        @Override
        int capacity() {
            return values.length;
        }
    }

    /** Collects BOOLEAN, one byte each until the page is encoded. */
    static final class Booleans extends PrimitiveLeafWriter {
        private boolean[] values = {};

        Booleans(LeafSpec spec, PageWriter pages, int pageBytes) {
            super(spec, pages, pageBytes, () -> new Bounds.OfLongs(1, false), false, 1);
        }

        void add(boolean value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, makeRoom(values.length));
            }
            values[count++] = value;
        }

        @Override
        void includeValues(Bounds bounds) {
            for (int i = 0; i < count; i++) {
                ((Bounds.OfLongs) bounds).include(values[i] ? 1 : 0);
            }
        }

        @Override
        void encodePlain(GrowingBytes out) {
            int start = out.extend((count + 7) / 8);
            byte[] array = out.array();
            Arrays.fill(array, start, out.length(), (byte) 0);
            for (int i = 0; i < count; i++) {
                array[start + (i >>> 3)] |= (byte) ((values[i] ? 1 : 0) << (i & 7)); // one bit
            }
        }

        @Override
        void lookUp(int from, int to) {
            throw new IllegalStateException("booleans have no dictionary");
        }

        @Override
        void encodeDictionary(GrowingBytes out) {
            throw new IllegalStateException("booleans have no dictionary");
        }

        @Override
        int capacity() {
            return values.length;
        }
    }
}
