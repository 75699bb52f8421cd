package io.deltacat.format.parquet.read;

/** INT32 in the DELTA_BINARY_PACKED encoding. */
final class DeltaIntDecoder implements ValueDecoder<int[]> {
    private final DeltaBinaryDecoder deltas = new DeltaBinaryDecoder();
    private long[] scratch = {};

    @Override
    public void start(byte[] data, int from, int to, int count) {
        deltas.start(data, from, to, count);
    }

    @Override
    public void read(int[] target, int offset, int count) {
        if (scratch.length < count) {
            scratch = new long[count];
        }
        deltas.read(scratch, 0, count);
        for (int i = 0; i < count; i++) {
            target[offset + i] = (int) scratch[i]; // INT32 arithmetic wraps around
        }
    }

    @Override
    public void skip(int count) {
        deltas.skip(count);
    }
}
