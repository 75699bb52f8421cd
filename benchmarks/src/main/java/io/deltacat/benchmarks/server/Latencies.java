package io.deltacat.benchmarks.server;

import java.util.Arrays;
import java.util.Locale;

/** How long single requests took. Thread-safe. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    /** Notes one. */
    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    synchronized int count() {
        return count;
    }

    /** Returns a percentile in milliseconds. */
    synchronized double millis(double percentile) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0
                ? 0
                : sorted[(int) Math.min(count - 1, Math.floor(count * percentile / 100))] / 1e6; // an index
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max %.2f ms",
                millis(50),
                millis(90),
                millis(99),
                millis(100));
    }
}
