package io.deltacat.client.filter;

import io.deltacat.format.batch.ColumnBatch;
import java.util.List;

/** All operands, or at least one. */
final class CombinedTest implements BatchTest {
    private final List<BatchTest> operands;
    private final boolean all;
    private byte[] further = new byte[0];

    CombinedTest(List<BatchTest> operands, boolean all) {
        this.operands = operands;
        this.all = all;
    }

    @Override
    public void test(ColumnBatch batch, byte[] truths, int size) {
        if (further.length < size) {
            further = new byte[size];
        }
        operands.get(0).test(batch, truths, size);
        for (int operand = 1; operand < operands.size(); operand++) {
            operands.get(operand).test(batch, further, size);
            if (all) {
                for (int row = 0; row < size; row++) {
                    truths[row] = (byte) Math.min(truths[row], further[row]);
                }
            } else {
                for (int row = 0; row < size; row++) {
                    truths[row] = (byte) Math.max(truths[row], further[row]);
                }
            }
        }
    }
}
