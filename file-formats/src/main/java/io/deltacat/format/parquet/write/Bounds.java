package io.deltacat.format.parquet.write;

import io.deltacat.format.parquet.codec.LittleEndian;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The smallest and largest value seen of a column, in the order that Parquet defines for its type. Confined to one thread.
 */
abstract sealed class Bounds {

    /** Returns whether there are bounds. */
    abstract boolean exist();

    /** Forgets everything. */
    abstract void clear();

    /** Includes what another object of the same class has seen. */
    abstract void include(Bounds other);

    /** Returns the smallest value as it is stored, cut to a smaller one if it is long; there must be bounds. */
    abstract byte[] storedMin();

    /** Returns the largest value as it is stored, cut to a larger one if it is long; null if there is no such value. */
    abstract byte @Nullable [] storedMax();

    /** Returns whether {@link #storedMin} and {@link #storedMax} are the values themselves. */
    abstract boolean areExact();

    /** Bounds of integers of any width, and of booleans as 0 and 1. */
    static final class OfLongs extends Bounds {
        private final int width;
        private final long flip;
        private long min = Long.MAX_VALUE;
        private long max = Long.MIN_VALUE;

        /**
         * @param width stored bytes: 1, 4 or 8
         * @param unsigned whether the values are ordered as unsigned ones
         */
        OfLongs(int width, boolean unsigned) {
            this.width = width;
            this.flip = unsigned ? Long.MIN_VALUE : 0;
        }

        long min() {
            return min ^ flip;
        }

        long max() {
            return max ^ flip;
        }

        void include(long value) {
            min = Math.min(min, value ^ flip);
            max = Math.max(max, value ^ flip);
        }

        void include(long[] values, int count) {
            long low = min;
            long high = max;
            for (int i = 0; i < count; i++) {
                long value = values[i] ^ flip;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            min = low;
            max = high;
        }

        void include(int[] values, int count) {
            if (count == 0) {
                return;
            }
            int flipped = flip == 0 ? 0 : Integer.MIN_VALUE;
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                int value = values[i] ^ flipped;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            include(widen(low ^ flipped));
            include(widen(high ^ flipped));
        }

        private long widen(int value) {
            return flip == 0 ? value : Integer.toUnsignedLong(value);
        }

        @Override
        boolean exist() {
            return min <= max;
        }

        @Override
        void clear() {
            min = Long.MAX_VALUE;
            max = Long.MIN_VALUE;
        }

        @Override
        void include(Bounds other) {
            min = Math.min(min, ((OfLongs) other).min);
            max = Math.max(max, ((OfLongs) other).max);
        }

        @Override
        byte[] storedMin() {
            return stored(min());
        }

        @Override
        byte[] storedMax() {
            return stored(max());
        }

        @Override
        boolean areExact() {
            return true;
        }

        private byte[] stored(long value) {
            byte[] bytes = new byte[8];
            LittleEndian.putLong(bytes, 0, value);
            return Arrays.copyOf(bytes, width);
        }
    }

    /** Bounds of floating point numbers; NaN is left out. */
    static final class OfDoubles extends Bounds {
        private final int width;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private boolean sawNonFinite;

        /**
         * @param width stored bytes: 4 or 8
         */
        OfDoubles(int width) {
            this.width = width;
        }

        double min() {
            return min;
        }

        double max() {
            return max;
        }

        /** Returns whether a NaN or an infinity was seen. */
        boolean sawNonFinite() {
            return sawNonFinite;
        }

        void include(double[] values, int count) {
            double low = min;
            double high = max;
            double sum = 0;
            for (int i = 0; i < count; i++) {
                double value = values[i];
                low = value < low ? value : low;
                high = value > high ? value : high;
                sum += value * 0; // NaN from the first NaN or infinity on
            }
            min = low;
            max = high;
            sawNonFinite |= Double.isNaN(sum);
        }

        void include(float[] values, int count) {
            double low = min;
            double high = max;
            float sum = 0;
            for (int i = 0; i < count; i++) {
                float value = values[i];
                low = value < low ? value : low;
                high = value > high ? value : high;
                sum += value * 0; // NaN from the first NaN or infinity on
            }
            min = low;
            max = high;
            sawNonFinite |= Float.isNaN(sum);
        }

        @Override
        boolean exist() {
            return min <= max;
        }

        @Override
        void clear() {
            min = Double.POSITIVE_INFINITY;
            max = Double.NEGATIVE_INFINITY;
            sawNonFinite = false;
        }

        @Override
        void include(Bounds other) {
            OfDoubles doubles = (OfDoubles) other;
            min = doubles.min < min ? doubles.min : min;
            max = doubles.max > max ? doubles.max : max;
            sawNonFinite |= doubles.sawNonFinite;
        }

        @Override
        byte[] storedMin() {
            return stored(min == 0 ? -0.0 : min); // readers may order the zeros or not
        }

        @Override
        byte[] storedMax() {
            return stored(max == 0 ? 0.0 : max);
        }

        @Override
        boolean areExact() {
            return true;
        }

        private byte[] stored(double value) {
            byte[] bytes = new byte[width];
            if (width == Float.BYTES) {
                LittleEndian.putInt(bytes, 0, Float.floatToRawIntBits((float) value)); // was a float
            } else {
                LittleEndian.putLong(bytes, 0, Double.doubleToRawLongBits(value));
            }
            return bytes;
        }
    }

    /** Bounds of byte arrays: of texts and binaries in unsigned order, of decimals of one length in numeric order. */
    static final class OfBytes extends Bounds {
        private static final int MAX_STORED = 64;

        private final boolean decimal;
        private byte[] min = {};
        private byte[] max = {};
        private long minPrefix;
        private long maxPrefix;
        private boolean exist;

        /**
         * @param decimal whether the values are decimals of one length
         */
        OfBytes(boolean decimal) {
            this.decimal = decimal;
        }

        byte[] min() {
            return min;
        }

        byte[] max() {
            return max;
        }

        void include(byte[] data, int start, int length) {
            long prefix = prefix(data, start, length);
            if (!exist) {
                exist = true;
                min = Arrays.copyOfRange(data, start, start + length);
                max = min;
                minPrefix = prefix;
                maxPrefix = prefix;
                return;
            }
            if (prefix < minPrefix || (prefix == minPrefix && compare(data, start, length, min) < 0)) {
                min = Arrays.copyOfRange(data, start, start + length);
                minPrefix = prefix;
            } else if (prefix > maxPrefix || (prefix == maxPrefix && compare(data, start, length, max) > 0)) {
                max = Arrays.copyOfRange(data, start, start + length);
                maxPrefix = prefix;
            }
        }

        /** The first eight bytes as a number that is ordered as the values are, up to ties. */
        private long prefix(byte[] data, int start, int length) {
            long bits;
            if (length >= Long.BYTES) {
                bits = Long.reverseBytes(LittleEndian.getLong(data, start));
            } else {
                bits = 0;
                for (int i = 0; i < length; i++) {
                    bits |= (data[start + i] & 0xffL) << 56 - 8 * i;
                }
            }
            return decimal ? bits : bits ^ Long.MIN_VALUE;
        }

        private int compare(byte[] data, int start, int length, byte[] other) {
            if (decimal && length > 0 && other.length > 0 && data[start] != other[0]) {
                return Byte.compare(data[start], other[0]);
            }
            return Arrays.compareUnsigned(data, start, start + length, other, 0, other.length);
        }

        @Override
        boolean exist() {
            return exist;
        }

        @Override
        void clear() {
            exist = false;
            min = new byte[0];
            max = min;
        }

        @Override
        void include(Bounds other) {
            if (other.exist()) {
                OfBytes bytes = (OfBytes) other;
                include(bytes.min, 0, bytes.min.length);
                include(bytes.max, 0, bytes.max.length);
            }
        }

        @Override
        byte[] storedMin() {
            return min.length <= MAX_STORED ? min : Arrays.copyOf(min, cut(min));
        }

        @Override
        byte @Nullable [] storedMax() {
            if (max.length <= MAX_STORED) {
                return max;
            }
            byte[] larger = Arrays.copyOf(max, cut(max));
            for (int i = larger.length - 1; i >= 0; i--) {
                // Up to 0x7e the byte is a whole ASCII character, so text stays text.
                if (larger[i] >= 0 && larger[i] < 0x7f) {
                    larger[i]++;
                    return Arrays.copyOf(larger, i + 1);
                }
            }
            return null;
        }

        /** Returns a length up to the maximum that does not cut a UTF-8 character in two. */
        private static int cut(byte[] value) {
            int length = MAX_STORED;
            while (length > MAX_STORED - 4 && (value[length] & 0xc0) == 0x80) {
                length--;
            }
            return length;
        }

        @Override
        boolean areExact() {
            return min.length <= MAX_STORED && max.length <= MAX_STORED;
        }
    }

    /** No bounds: for types without an order. */
    static final class None extends Bounds {
        @Override
        boolean exist() {
            return false;
        }

        @Override
        void clear() {
            // nothing to forget
        }

        @Override
        void include(Bounds other) {
            // nothing to learn
        }

        @Override
        byte[] storedMin() {
            throw new IllegalStateException("there are no bounds");
        }

        @Override
        byte[] storedMax() {
            throw new IllegalStateException("there are no bounds");
        }

        @Override
        boolean areExact() {
            return false;
        }
    }
}
