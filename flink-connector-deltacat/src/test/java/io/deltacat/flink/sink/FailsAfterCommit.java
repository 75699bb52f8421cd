package io.deltacat.flink.sink;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.table.data.RowData;
import org.awaitility.Awaitility;

/** In its first attempt it waits at the last row until the sink beside it has committed, and fails then. */
final class FailsAfterCommit extends RichMapFunction<RowData, Long> {
    private static final long serialVersionUID = 1L;
    private static final AtomicReference<RecordedRequests> SERVER = new AtomicReference<>();
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private final long rows;

    FailsAfterCommit(long rows) {
        this.rows = rows;
    }

    static void watch(RecordedRequests requests) {
        SERVER.set(requests);
        FAILURES.set(0);
    }

    static int failures() {
        return FAILURES.get();
    }

    @Override
    public Long map(RowData row) {
        if (row.getLong(0) == rows - 1 && FAILURES.get() == 0) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> SERVER.get().transactionCommits() > 0);
            FAILURES.incrementAndGet();
            throw new IllegalStateException("planned failure");
        }
        return row.getLong(0);
    }
}
