package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.codec.MalformedDataException;

/** Decodes the ids of dictionary-coded pages and checks them against the dictionary. */
final class DictionaryIds implements ValueDecoder<int[]> {
    private final RunDecoder runs = new RunDecoder();
    private int dictionarySize = -1;

    /** Sets the number of values of the chunk's dictionary. */
    void dictionarySize(int size) {
        dictionarySize = size;
    }

    @Override
    public void start(byte[] data, int from, int to, int count) {
        if (dictionarySize < 0) {
            throw new MalformedDataException("a dictionary-coded page in a column chunk without dictionary");
        }
        if (from == to) {
            runs.start(data, from, to, 1); // a page of nulls may hold nothing
        } else {
            runs.start(data, from + 1, to, data[from]);
        }
    }

    @Override
    public void read(int[] target, int offset, int count) {
        runs.read(target, offset, count);
        int all = 0;
        for (int i = offset; i < offset + count; i++) {
            all |= target[i];
        }
        if (Integer.compareUnsigned(all, dictionarySize) >= 0) {
            checkEach(target, offset, count);
        }
    }

    private void checkEach(int[] ids, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (Integer.compareUnsigned(ids[i], dictionarySize) >= 0) {
                throw new MalformedDataException(
                        "dictionary id " + ids[i] + " in a dictionary of " + dictionarySize + " values");
            }
        }
    }

    @Override
    public void skip(int count) {
        runs.skip(count);
    }
}
