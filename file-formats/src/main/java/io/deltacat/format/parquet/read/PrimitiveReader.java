package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * Reads values into primitive arrays. One nested class per physical type, so that every loop over values is over one array
 * class.
 *
 * @param <A> the array class
 */
abstract sealed class PrimitiveReader<A> extends ValueReader {
    private final ValueDecoder<A> plain;
    private final DictionaryIds dictionaryIds = new DictionaryIds();
    private int[] ids = {};
    private @Nullable A dictionary;
    private @Nullable ValueDecoder<A> current;

    PrimitiveReader(ValueDecoder<A> plain) {
        this.plain = plain;
    }

    abstract A array(ColumnVector vector);

    abstract A newArray(int length);

    abstract @Nullable ValueDecoder<A> decoder(Encoding encoding);

    abstract void lookUp(A values, int[] positions, int count, A target, int offset);

    /** Moves dense values to the rows whose validity bit is set, from the last to the first. */
    abstract void spread(A values, long[] validity, int offset, int rows, int present);

    @Override
    void startChunk() {
        dictionary = null;
        dictionaryIds.dictionarySize(-1);
    }

    @Override
    void startDictionary(byte[] data, int from, int to, int count) {
        plain.start(data, from, to, count);
        plain.skip(count); // proves that the values are there before memory is set aside for them
        plain.start(data, from, to, count);
        A values = newArray(count);
        plain.read(values, 0, count);
        dictionary = values;
        dictionaryIds.dictionarySize(count);
    }

    @Override
    void startPage(Encoding encoding, byte[] data, int from, int to, int count) {
        switch (encoding) {
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                current = null;
                dictionaryIds.start(data, from, to, count);
            }
            case PLAIN -> {
                current = plain;
                plain.start(data, from, to, count);
            }
            default -> {
                ValueDecoder<A> decoder = decoder(encoding);
                if (decoder == null) {
                    throw unsupported(encoding, newVector().getClass().getSimpleName());
                }
                current = decoder;
                decoder.start(data, from, to, count);
            }
        }
    }

    @Override
    void begin(ColumnVector target, int rows) {
        // primitive vectors need no preparation
    }

    @Override
    void read(ColumnVector target, int offset, int count) {
        ValueDecoder<A> decoder = current;
        if (decoder != null) {
            decoder.read(array(target), offset, count);
            return;
        }
        A values = dictionary;
        if (values == null) {
            throw new MalformedDataException("a dictionary-coded page in a column chunk without dictionary");
        }
        if (ids.length < count) {
            ids = new int[count];
        }
        dictionaryIds.read(ids, 0, count);
        lookUp(values, ids, count, array(target), offset);
    }

    @Override
    void skip(int count) {
        ValueDecoder<A> decoder = current;
        if (decoder != null) {
            decoder.skip(count);
        } else {
            dictionaryIds.skip(count);
        }
    }

    @Override
    void spread(ColumnVector target, int offset, int rows, int present) {
        spread(array(target), target.mutableValidity(), offset, rows, present);
    }

    /** Reads INT32. */
    static final class Ints extends PrimitiveReader<int[]> {
        private @Nullable ValueDecoder<int[]> delta;

        Ints() {
            super(new PlainDecoder.Ints());
        }

        @Override
        ColumnVector newVector() {
            return new IntVector();
        }

        @Override
        int[] array(ColumnVector vector) {
            return ((IntVector) vector).values();
        }

        @Override
        int[] newArray(int length) {
            return new int[length];
        }

        @Override
        @Nullable
        ValueDecoder<int[]> decoder(Encoding encoding) {
            if (encoding == Encoding.DELTA_BINARY_PACKED) {
                if (delta == null) {
                    delta = new DeltaIntDecoder();
                }
                return delta;
            }
            return encoding == Encoding.BYTE_STREAM_SPLIT ? new SplitDecoder.Ints() : null;
        }

        @Override
        void lookUp(int[] values, int[] positions, int count, int[] target, int offset) {
            for (int i = 0; i < count; i++) {
                target[offset + i] = values[positions[i]];
            }
        }

        @Override
        void spread(int[] values, long[] validity, int offset, int rows, int present) {
            int from = offset + present - 1;
            for (int row = offset + rows - 1; row > from && from >= offset; row--) {
                values[row] = values[from];
                from -= (int) (validity[row >>> 6] >>> row & 1); // one bit
            }
        }
    }

    /** Reads INT64. */
    static final class Longs extends PrimitiveReader<long[]> {
        private @Nullable ValueDecoder<long[]> delta;

        Longs() {
            super(new PlainDecoder.Longs());
        }

        @Override
        ColumnVector newVector() {
            return new LongVector();
        }

        @Override
        long[] array(ColumnVector vector) {
            return ((LongVector) vector).values();
        }

        @Override
        long[] newArray(int length) {
            return new long[length];
        }

        @Override
        @Nullable
        ValueDecoder<long[]> decoder(Encoding encoding) {
            if (encoding == Encoding.DELTA_BINARY_PACKED) {
                if (delta == null) {
                    delta = new DeltaBinaryDecoder();
                }
                return delta;
            }
            return encoding == Encoding.BYTE_STREAM_SPLIT ? new SplitDecoder.Longs() : null;
        }

        @Override
        void lookUp(long[] values, int[] positions, int count, long[] target, int offset) {
            for (int i = 0; i < count; i++) {
                target[offset + i] = values[positions[i]];
            }
        }

        @Override
        void spread(long[] values, long[] validity, int offset, int rows, int present) {
            int from = offset + present - 1;
            for (int row = offset + rows - 1; row > from && from >= offset; row--) {
                values[row] = values[from];
                from -= (int) (validity[row >>> 6] >>> row & 1); // one bit
            }
        }
    }

    /** Reads FLOAT. */
    static final class Floats extends PrimitiveReader<float[]> {
        Floats() {
            super(new PlainDecoder.Floats());
        }

        @Override
        ColumnVector newVector() {
            return new FloatVector();
        }

        @Override
        float[] array(ColumnVector vector) {
            return ((FloatVector) vector).values();
        }

        @Override
        float[] newArray(int length) {
            return new float[length];
        }

        @Override
        @Nullable
        ValueDecoder<float[]> decoder(Encoding encoding) {
            return encoding == Encoding.BYTE_STREAM_SPLIT ? new SplitDecoder.Floats() : null;
        }

        @Override
        void lookUp(float[] values, int[] positions, int count, float[] target, int offset) {
            for (int i = 0; i < count; i++) {
                target[offset + i] = values[positions[i]];
            }
        }

        @Override
        void spread(float[] values, long[] validity, int offset, int rows, int present) {
            int from = offset + present - 1;
            for (int row = offset + rows - 1; row > from && from >= offset; row--) {
                values[row] = values[from];
                from -= (int) (validity[row >>> 6] >>> row & 1); // one bit
            }
        }
    }

    /** Reads DOUBLE. */
    static final class Doubles extends PrimitiveReader<double[]> {
        Doubles() {
            super(new PlainDecoder.Doubles());
        }

        @Override
        ColumnVector newVector() {
            return new DoubleVector();
        }

        @Override
        double[] array(ColumnVector vector) {
            return ((DoubleVector) vector).values();
        }

        @Override
        double[] newArray(int length) {
            return new double[length];
        }

        @Override
        @Nullable
        ValueDecoder<double[]> decoder(Encoding encoding) {
            return encoding == Encoding.BYTE_STREAM_SPLIT ? new SplitDecoder.Doubles() : null;
        }

        @Override
        void lookUp(double[] values, int[] positions, int count, double[] target, int offset) {
            for (int i = 0; i < count; i++) {
                target[offset + i] = values[positions[i]];
            }
        }

        @Override
        void spread(double[] values, long[] validity, int offset, int rows, int present) {
            int from = offset + present - 1;
            for (int row = offset + rows - 1; row > from && from >= offset; row--) {
                values[row] = values[from];
                from -= (int) (validity[row >>> 6] >>> row & 1); // one bit
            }
        }
    }

    /** Reads BOOLEAN. */
    static final class Booleans extends PrimitiveReader<boolean[]> {
        Booleans() {
            super(new PlainDecoder.Booleans());
        }

        @Override
        ColumnVector newVector() {
            return new BooleanVector();
        }

        @Override
        boolean[] array(ColumnVector vector) {
            return ((BooleanVector) vector).values();
        }

        @Override
        boolean[] newArray(int length) {
            return new boolean[length];
        }

        @Override
        @Nullable
        ValueDecoder<boolean[]> decoder(Encoding encoding) {
            return encoding == Encoding.RLE ? new RleBooleanDecoder() : null;
        }

        @Override
        void lookUp(boolean[] values, int[] positions, int count, boolean[] target, int offset) {
            for (int i = 0; i < count; i++) {
                target[offset + i] = values[positions[i]];
            }
        }

        @Override
        void spread(boolean[] values, long[] validity, int offset, int rows, int present) {
            int from = offset + present - 1;
            for (int row = offset + rows - 1; row > from && from >= offset; row--) {
                values[row] = values[from];
                from -= (int) (validity[row >>> 6] >>> row & 1); // one bit
            }
        }
    }
}
