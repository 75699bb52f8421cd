package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.parquet.codec.MalformedDataException;

/** Booleans in the RLE encoding: runs behind their length in bytes. */
final class RleBooleanDecoder implements ValueDecoder<boolean[]> {
    private final RunDecoder runs = new RunDecoder();
    private int[] scratch = {};

    @Override
    public void start(byte[] data, int from, int to, int count) {
        if (to - from < Integer.BYTES) {
            if (to == from) {
                runs.start(data, from, to, 1);
                return; // a page of nulls may hold nothing
            }
            throw new MalformedDataException("run-length encoded booleans without their length");
        }
        int length = LittleEndian.getInt(data, from);
        int start = from + Integer.BYTES;
        if (length < 0 || length > to - start) {
            throw new MalformedDataException("booleans of " + length + " bytes, " + (to - start) + " are left");
        }
        runs.start(data, start, start + length, 1);
    }

    @Override
    public void read(boolean[] target, int offset, int count) {
        if (scratch.length < count) {
            scratch = new int[count];
        }
        runs.read(scratch, 0, count);
        for (int i = 0; i < count; i++) {
            target[offset + i] = scratch[i] != 0;
        }
    }

    @Override
    public void skip(int count) {
        runs.skip(count);
    }
}
