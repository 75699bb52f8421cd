package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.feed.HistoryEvent;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/** Numbers the enumerator shows. Updated on the coordinator thread, read by reporters at any time. */
@Internal
final class EnumeratorMetrics {
    /** Group of all numbers below. */
    static final String GROUP = "deltacat";

    /** Looks for new deltas that failed. */
    static final String DISCOVERY_FAILURES = "discoveryFailures";

    /** Milliseconds the last successful look took. */
    static final String DISCOVERY_MILLIS = "lastDiscoveryMillis";

    /** Times the subscription's watermark was moved or found in place. */
    static final String ACKNOWLEDGEMENTS = "watermarkAcknowledgements";

    /** Times it could not be moved. */
    static final String ACKNOWLEDGEMENT_FAILURES = "watermarkAcknowledgementFailures";

    /** Times reading went back, because the watermark was moved back. */
    static final String REDRIVES = "watermarkRedrives";

    /** Splits that no reader has. */
    static final String WAITING_SPLITS = "waitingSplits";

    /** Splits that are not finished. */
    static final String UNFINISHED_SPLITS = "unfinishedSplits";

    /** 1 while the subscription is paused on the server. */
    static final String PAUSED = "subscriptionPaused";

    /** Partitions that were compacted while they were followed. */
    static final String PARTITIONS_COMPACTED = "partitionsCompacted";

    /** Partitions whose emitted rows were replaced, with a policy that goes on. */
    static final String PARTITIONS_REPLACED = "partitionsReplaced";

    /** Times deltas were gone before they were read, with a policy that goes on. */
    static final String HISTORY_LOST = "historyLost";

    /** Ordered deltas that were passed over unread so. */
    static final String DELTAS_LOST = "deltasLost";

    private final Counter compacted;
    private final Counter replaced;
    private final Counter historyLost;
    private final Counter deltasLost;
    private final Counter discoveryFailures;
    private final Counter acknowledgements;
    private final Counter acknowledgementFailures;
    private final Counter redrives;
    private volatile long discoveryMillis;

    EnumeratorMetrics(SplitEnumeratorMetricGroup metrics, SourceCoordination coordination) {
        metrics.setUnassignedSplitsGauge(() -> (long) coordination.waitingSplits());
        MetricGroup group = metrics.addGroup(GROUP);
        compacted = group.counter(PARTITIONS_COMPACTED);
        replaced = group.counter(PARTITIONS_REPLACED);
        historyLost = group.counter(HISTORY_LOST);
        deltasLost = group.counter(DELTAS_LOST);
        discoveryFailures = group.counter(DISCOVERY_FAILURES);
        acknowledgements = group.counter(ACKNOWLEDGEMENTS);
        acknowledgementFailures = group.counter(ACKNOWLEDGEMENT_FAILURES);
        redrives = group.counter(REDRIVES);
        group.gauge(DISCOVERY_MILLIS, () -> discoveryMillis);
        group.gauge(WAITING_SPLITS, coordination::waitingSplits);
        group.gauge(UNFINISHED_SPLITS, coordination::unfinishedSplits);
        group.gauge(PAUSED, () -> coordination.paused() ? 1 : 0);
    }

    void discovered(Duration took) {
        discoveryMillis = took.toMillis();
    }

    void historyChanged(HistoryEvent event) {
        switch (event.kind()) {
            case COMPACTED -> compacted.inc();
            case REPLACED -> replaced.inc();
            case LOST -> {
                historyLost.inc();
                deltasLost.inc(event.lostDeltas());
            }
        }
    }

    void discoveryFailed() {
        discoveryFailures.inc();
    }

    void acknowledged() {
        acknowledgements.inc();
    }

    void redriven() {
        redrives.inc();
    }

    void acknowledgementFailed() {
        acknowledgementFailures.inc();
    }
}
