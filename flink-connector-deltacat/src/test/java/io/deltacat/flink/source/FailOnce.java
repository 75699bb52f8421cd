package io.deltacat.flink.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Lets rows through and fails a given number of times, each after some more rows. The count outlives the failure. */
final class FailOnce extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final Map<String, AtomicLong> SEEN = new ConcurrentHashMap<>();

    private final String test;
    private final long everyRows;
    private final long times;

    FailOnce(String test, long everyRows, long times) {
        this.test = test;
        this.everyRows = everyRows;
        this.times = times;
    }

    /** Returns the rows seen so far, over all subtasks and attempts in this process. */
    long seen() {
        AtomicLong seen = SEEN.get(test);
        return seen == null ? 0 : seen.get();
    }

    @Override
    public Long map(Long row) {
        long seen = SEEN.computeIfAbsent(test, key -> new AtomicLong()).incrementAndGet();
        if (seen % everyRows == 0 && seen / everyRows <= times) {
            throw new IllegalStateException("failure on purpose at row " + seen);
        }
        return row;
    }
}
