package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import java.util.Arrays;

/**
 * Byte arrays in the DELTA_BYTE_ARRAY encoding: each shares a prefix with the one before. Prefix lengths are decoded as they
 * are needed and never kept, because a few bytes can stand for billions of them.
 */
final class DeltaBytesDecoder implements ValueDecoder<BytesVector> {
    private static final int PIECE = 512;

    private final BatchLimit limit;
    private final DeltaBinaryDecoder prefixDecoder = new DeltaBinaryDecoder();
    private final DeltaLengthDecoder suffixes;
    private final BytesVector suffix = new BytesVector();
    private final long[] prefixes = new long[PIECE];
    private byte[] last = {};
    private int lastLength;

    DeltaBytesDecoder(BatchLimit limit) {
        this.limit = limit;
        BatchLimit page = new BatchLimit();
        page.start(1); // the suffixes are in memory, so they may be once more
        this.suffixes = new DeltaLengthDecoder(page);
    }

    @Override
    public void start(byte[] data, int from, int to, int count) {
        prefixDecoder.start(data, from, to, count);
        prefixDecoder.skip(prefixDecoder.valuesLeft());
        suffixes.start(data, prefixDecoder.endPosition(), to, count);
        prefixDecoder.start(data, from, to, count);
        lastLength = 0;
    }

    @Override
    public void read(BytesVector target, int offset, int count) {
        int[] offsets = target.offsets();
        for (int done = 0; done < count; ) {
            int piece = Math.min(PIECE, count - done);
            takePiece(piece);
            for (int i = 0; i < piece; i++) {
                takeValue(i);
                int at = offsets[offset + done];
                int end = limit.end(at, lastLength);
                System.arraycopy(last, 0, target.buffer(end), at, lastLength);
                offsets[offset + ++done] = end;
            }
        }
    }

    @Override
    public void skip(int count) {
        for (int done = 0; done < count; ) {
            int piece = Math.min(PIECE, count - done);
            takePiece(piece);
            for (int i = 0; i < piece; i++) {
                takeValue(i);
            }
            done += piece;
        }
    }

    private void takePiece(int count) {
        suffix.reset(count);
        suffix.usePlain();
        suffixes.read(suffix, 0, count);
        prefixDecoder.read(prefixes, 0, count);
    }

    /** Makes the next value the last one. */
    private void takeValue(int index) {
        long prefix = prefixes[index];
        if (prefix < 0 || prefix > lastLength) {
            throw new MalformedDataException(
                    "a shared prefix of " + prefix + " bytes, the value before has " + lastLength);
        }
        int kept = (int) prefix; // at most lastLength
        int added = suffix.length(index);
        int length = Math.addExact(kept, added);
        if (last.length < length) {
            last = Arrays.copyOf(last, Math.max(length, (int) Math.min(2L * last.length, Integer.MAX_VALUE - 16)));
        }
        System.arraycopy(suffix.data(), suffix.start(index), last, kept, added);
        lastLength = length;
    }
}
