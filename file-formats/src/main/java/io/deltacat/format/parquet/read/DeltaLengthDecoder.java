package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.parquet.codec.MalformedDataException;

/** Byte arrays in the DELTA_LENGTH_BYTE_ARRAY encoding: all lengths, then all bytes. */
final class DeltaLengthDecoder implements ValueDecoder<BytesVector> {
    private final DeltaBinaryDecoder lengthDecoder = new DeltaBinaryDecoder();
    private long[] lengths = {};
    private int valueCount;
    private int next;
    private byte[] data = {};
    private int position;

    @Override
    public void start(byte[] source, int from, int to, int count) {
        lengthDecoder.start(source, from, to, count);
        valueCount = lengthDecoder.valuesLeft();
        if (lengths.length < valueCount) {
            lengths = new long[valueCount];
        }
        lengthDecoder.read(lengths, 0, valueCount);
        data = source;
        position = lengthDecoder.endPosition();
        next = 0;
        long total = 0;
        for (int i = 0; i < valueCount; i++) {
            if (lengths[i] < 0 || lengths[i] > to - position - total) {
                throw new MalformedDataException(
                        "a byte array of " + lengths[i] + " bytes, " + (to - position - total) + " are left");
            }
            total += lengths[i];
        }
    }

    @Override
    public void read(BytesVector target, int offset, int count) {
        checkLeft(count);
        int[] offsets = target.offsets();
        int at = offsets[offset];
        int total = 0;
        for (int i = 1; i <= count; i++) {
            total += (int) lengths[next++]; // start() proved that all lengths fit the page
            offsets[offset + i] = Math.addExact(at, total);
        }
        System.arraycopy(data, position, target.buffer(Math.addExact(at, total)), at, total);
        position += total;
    }

    @Override
    public void skip(int count) {
        checkLeft(count);
        for (int i = 0; i < count; i++) {
            position += (int) lengths[next++]; // start() proved that all lengths fit the page
        }
    }

    private void checkLeft(int count) {
        if (count > valueCount - next) {
            throw new MalformedDataException((valueCount - next) + " byte arrays left, " + count + " needed");
        }
    }
}
