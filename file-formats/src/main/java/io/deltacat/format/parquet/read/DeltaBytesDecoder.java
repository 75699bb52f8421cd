package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import java.util.Arrays;

/** Byte arrays in the DELTA_BYTE_ARRAY encoding: each shares a prefix with the one before. */
final class DeltaBytesDecoder implements ValueDecoder<BytesVector> {
    private final DeltaBinaryDecoder prefixDecoder = new DeltaBinaryDecoder();
    private final DeltaLengthDecoder suffixes = new DeltaLengthDecoder();
    private final BytesVector suffix = new BytesVector();
    private final BytesVector skipped = new BytesVector();
    private long[] prefixes = {};
    private int next;
    private byte[] last = {};
    private int lastLength;

    @Override
    public void start(byte[] data, int from, int to, int count) {
        prefixDecoder.start(data, from, to, count);
        int values = prefixDecoder.valuesLeft();
        if (prefixes.length < values) {
            prefixes = new long[values];
        }
        prefixDecoder.read(prefixes, 0, values);
        suffixes.start(data, prefixDecoder.endPosition(), to, count);
        next = 0;
        lastLength = 0;
    }

    @Override
    public void read(BytesVector target, int offset, int count) {
        suffix.reset(count);
        suffix.usePlain();
        suffixes.read(suffix, 0, count);
        int[] offsets = target.offsets();
        for (int i = 0; i < count; i++) {
            long prefix = prefixes[next++];
            if (prefix < 0 || prefix > lastLength) {
                throw new MalformedDataException(
                        "a shared prefix of " + prefix + " bytes, the value before has " + lastLength);
            }
            int kept = (int) prefix; // at most lastLength
            int added = suffix.length(i);
            int length = Math.addExact(kept, added);
            if (last.length < length) {
                last = Arrays.copyOf(last, Math.max(length, 2 * last.length));
            }
            System.arraycopy(suffix.data(), suffix.start(i), last, kept, added);
            lastLength = length;
            int at = offsets[offset + i];
            int end = Math.addExact(at, length);
            System.arraycopy(last, 0, target.buffer(end), at, length);
            offsets[offset + i + 1] = end;
        }
    }

    @Override
    public void skip(int count) {
        int left = count;
        while (left > 0) {
            int run = Math.min(left, 256);
            skipped.reset(run);
            skipped.usePlain();
            read(skipped, 0, run);
            left -= run;
        }
    }
}
