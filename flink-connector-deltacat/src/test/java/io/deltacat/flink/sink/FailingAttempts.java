package io.deltacat.flink.sink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Fails in its first attempts, each time later, so that failures meet different moments of a checkpoint. */
final class FailingAttempts<T> extends RichMapFunction<T, T> {
    private static final long serialVersionUID = 1L;

    private final int failures;
    private int untilFailure;

    FailingAttempts(int failures) {
        this.failures = failures;
    }

    @Override
    public void open(OpenContext context) {
        int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        untilFailure = attempt < failures ? 20 + 17 * attempt : Integer.MAX_VALUE;
    }

    @Override
    public T map(T row) {
        if (--untilFailure == 0) {
            throw new IllegalStateException("planned failure");
        }
        return row;
    }
}
