package io.deltacat.flink.source.enumerator;

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

    /** Splits that no reader has. */
    static final String WAITING_SPLITS = "waitingSplits";

    /** Splits that are not finished. */
    static final String UNFINISHED_SPLITS = "unfinishedSplits";

    /** 1 while the subscription is paused on the server. */
    static final String PAUSED = "subscriptionPaused";

    private final Counter discoveryFailures;
    private final Counter acknowledgements;
    private final Counter acknowledgementFailures;
    private volatile long discoveryMillis;

    EnumeratorMetrics(SplitEnumeratorMetricGroup metrics, SourceCoordination coordination) {
        metrics.setUnassignedSplitsGauge(() -> (long) coordination.waitingSplits());
        MetricGroup group = metrics.addGroup(GROUP);
        discoveryFailures = group.counter(DISCOVERY_FAILURES);
        acknowledgements = group.counter(ACKNOWLEDGEMENTS);
        acknowledgementFailures = group.counter(ACKNOWLEDGEMENT_FAILURES);
        group.gauge(DISCOVERY_MILLIS, () -> discoveryMillis);
        group.gauge(WAITING_SPLITS, coordination::waitingSplits);
        group.gauge(UNFINISHED_SPLITS, coordination::unfinishedSplits);
        group.gauge(PAUSED, () -> coordination.paused() ? 1 : 0);
    }

    void discovered(Duration took) {
        discoveryMillis = took.toMillis();
    }

    void discoveryFailed() {
        discoveryFailures.inc();
    }

    void acknowledged() {
        acknowledgements.inc();
    }

    void acknowledgementFailed() {
        acknowledgementFailures.inc();
    }
}
