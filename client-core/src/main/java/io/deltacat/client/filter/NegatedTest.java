package io.deltacat.client.filter;

import io.deltacat.format.batch.ColumnBatch;

/** The opposite of the operand; unknown stays unknown. */
record NegatedTest(BatchTest operand) implements BatchTest {
    @Override
    public void test(ColumnBatch batch, byte[] truths, int size) {
        operand.test(batch, truths, size);
        for (int row = 0; row < size; row++) {
            truths[row] = (byte) (TRUE - truths[row]);
        }
    }
}
