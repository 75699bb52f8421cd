package io.deltacat.client.filter;

import io.deltacat.format.batch.ColumnBatch;
import java.util.Arrays;

/** The same for all rows, whatever they hold. */
record ConstantTest(byte truth) implements BatchTest {
    @Override
    public void test(ColumnBatch batch, byte[] truths, int size) {
        Arrays.fill(truths, 0, size, truth);
    }
}
