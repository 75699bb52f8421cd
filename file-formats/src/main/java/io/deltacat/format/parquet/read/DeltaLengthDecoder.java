package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.parquet.codec.MalformedDataException;

/**
 * Byte arrays in the DELTA_LENGTH_BYTE_ARRAY encoding: all lengths, then all bytes. A few bytes can stand for billions of
 * lengths, so they are decoded as they are needed and never kept.
 */
final class DeltaLengthDecoder implements ValueDecoder<BytesVector> {
    private static final int PIECE = 512;

    private final BatchLimit limit;
    private final DeltaBinaryDecoder lengthDecoder = new DeltaBinaryDecoder();
    private long[] lengths = {};
    private byte[] data = {};
    private int position;
    private int end;

    DeltaLengthDecoder(BatchLimit limit) {
        this.limit = limit;
    }

    @Override
    public void start(byte[] source, int from, int to, int count) {
        lengthDecoder.start(source, from, to, count);
        lengthDecoder.skip(lengthDecoder.valuesLeft());
        data = source;
        position = lengthDecoder.endPosition();
        end = to;
        lengthDecoder.start(source, from, to, count);
    }

    @Override
    public void read(BytesVector target, int offset, int count) {
        int[] offsets = target.offsets();
        int at = offsets[offset];
        int first = at;
        for (int done = 0; done < count; ) {
            int piece = Math.min(PIECE, count - done);
            takeLengths(piece);
            for (int i = 0; i < piece; i++) {
                at = limit.end(at, checked(lengths[i], at - first));
                offsets[offset + ++done] = at;
            }
        }
        System.arraycopy(data, position, target.buffer(at), first, at - first);
        position += at - first;
    }

    @Override
    public void skip(int count) {
        for (int done = 0; done < count; ) {
            int piece = Math.min(PIECE, count - done);
            takeLengths(piece);
            for (int i = 0; i < piece; i++) {
                position += (int) checked(lengths[i], 0); // at most end - position
            }
            done += piece;
        }
    }

    /** Decodes the next lengths, at most {@link #PIECE}, without any bytes. */
    private void takeLengths(int count) {
        if (lengths.length < count) {
            lengths = new long[PIECE];
        }
        lengthDecoder.read(lengths, 0, count);
    }

    private long checked(long length, int taken) {
        if (length < 0 || length > end - position - taken) {
            throw new MalformedDataException(
                    "a byte array of " + length + " bytes, " + (end - position - taken) + " are left");
        }
        return length;
    }
}
