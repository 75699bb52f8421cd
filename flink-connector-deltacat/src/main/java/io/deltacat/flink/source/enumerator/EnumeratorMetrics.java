package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.feed.HistoryEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * Shows {@link SourceMetric}s. Updated on the coordinator thread, read by reporters at any time, who see the state of the
 * last update.
 */
@Internal
final class EnumeratorMetrics {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final MetricGroup group;
    private final LongSupplier nanoClock;
    private final Map<SourceMetric, Counter> counters = new EnumMap<>(SourceMetric.class);
    private volatile SourceLag lag = SourceLag.NONE;
    private volatile long discoveryMillis;
    private volatile long acknowledgedNanos;

    /**
     * Registers all metrics.
     *
     * @param metrics Flink's group
     * @param nanoClock monotonic clock
     */
    EnumeratorMetrics(SplitEnumeratorMetricGroup metrics, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.acknowledgedNanos = nanoClock.getAsLong();
        this.group = metrics.addGroup(SourceMetric.GROUP);
        metrics.setUnassignedSplitsGauge(() -> (long) lag.waitingSplits());
        gauge(SourceMetric.LAG_DELTAS, SourceLag::deltas);
        gauge(SourceMetric.LAG_ROWS, SourceLag::rows);
        gauge(SourceMetric.LAG_BYTES, SourceLag::bytes);
        gauge(SourceMetric.LAG_MILLIS, now -> now.deltas() == 0 ? 0 : millisSince(now.oldestNanos()));
        gauge(SourceMetric.BACKLOG, now -> now.backlog() ? 1 : 0);
        gauge(SourceMetric.WAITING_SPLITS, SourceLag::waitingSplits);
        gauge(SourceMetric.ASSIGNED_SPLITS, now -> now.unfinishedSplits() - now.waitingSplits());
        gauge(SourceMetric.UNFINISHED_SPLITS, SourceLag::unfinishedSplits);
        gauge(SourceMetric.DISCOVERY_MILLIS, now -> discoveryMillis);
        gauge(SourceMetric.ACKNOWLEDGED_POSITION, SourceLag::acknowledgedPositions);
        gauge(SourceMetric.ACKNOWLEDGEMENT_LAG, SourceLag::unacknowledged);
        gauge(SourceMetric.ACKNOWLEDGEMENT_AGE, now -> now.unacknowledged() == 0 ? 0 : millisSince(acknowledgedNanos));
        gauge(SourceMetric.PAUSED, now -> now.paused() ? 1 : 0);
        counter(SourceMetric.DISCOVERY_FAILURES);
        counter(SourceMetric.ACKNOWLEDGEMENTS);
        counter(SourceMetric.ACKNOWLEDGEMENT_FAILURES);
        counter(SourceMetric.REDRIVES);
        counter(SourceMetric.PARTITIONS_COMPACTED);
        counter(SourceMetric.PARTITIONS_REPLACED);
        counter(SourceMetric.HISTORY_LOST);
        counter(SourceMetric.DELTAS_LOST);
    }

    private void gauge(SourceMetric metric, ToLongFunction<SourceLag> value) {
        group.gauge(metric.key(), () -> value.applyAsLong(lag));
    }

    private void counter(SourceMetric metric) {
        counters.put(metric, group.counter(metric.key()));
    }

    private void count(SourceMetric metric, long more) {
        Counter counter = counters.get(metric);
        if (counter != null) {
            counter.inc(more);
        }
    }

    private long millisSince(long nanos) {
        return Math.max(0, nanoClock.getAsLong() - nanos) / NANOS_PER_MILLI;
    }

    /** Shows how far reading is behind now. */
    void update(SourceLag now) {
        lag = now;
    }

    void discovered(Duration took) {
        discoveryMillis = took.toMillis();
    }

    void historyChanged(HistoryEvent event) {
        switch (event.kind()) {
            case COMPACTED -> count(SourceMetric.PARTITIONS_COMPACTED, 1);
            case REPLACED -> count(SourceMetric.PARTITIONS_REPLACED, 1);
            case LOST -> {
                count(SourceMetric.HISTORY_LOST, 1);
                count(SourceMetric.DELTAS_LOST, event.lostDeltas());
            }
        }
    }

    void discoveryFailed() {
        count(SourceMetric.DISCOVERY_FAILURES, 1);
    }

    void acknowledged() {
        acknowledgedNanos = nanoClock.getAsLong();
        count(SourceMetric.ACKNOWLEDGEMENTS, 1);
    }

    void redriven() {
        count(SourceMetric.REDRIVES, 1);
    }

    void acknowledgementFailed() {
        count(SourceMetric.ACKNOWLEDGEMENT_FAILURES, 1);
    }
}
