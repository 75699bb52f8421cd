package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.Progress;
import io.deltacat.flink.source.progress.SourceOrigin;
import io.deltacat.flink.source.progress.SubscriptionRivals;
import io.deltacat.flink.source.progress.WatermarkDocument.SlotLayout;
import io.deltacat.flink.source.progress.WatermarkWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the subscription's watermark on, one write at a time. A write that fails is tried again and never fails the job,
 * unless somebody else owns the watermark and the policy says so. Confined to the coordinator thread, but for
 * {@link #awaitLast}; the requests are made on the worker thread.
 */
@Internal
final class AcknowledgementLoop {
    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgementLoop.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SplitEnumeratorContext<?> context;
    private final EnumeratorOptions options;
    private final ServerConnection server;
    private final SourceCoordination coordination;
    private final EnumeratorMetrics metrics;
    private final LongSupplier nanoClock;
    private final PollSchedule schedule;
    private final SourceOrigin origin;
    private final SubscriptionRivals rivals;
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

    /**
     * Sends nothing yet.
     *
     * @param context Flink's context
     * @param options how to work
     * @param server the connection
     * @param coordination knows what to acknowledge
     * @param metrics counts
     * @param nanoClock monotonic clock
     * @param random source of jitter
     */
    AcknowledgementLoop(
            SplitEnumeratorContext<?> context,
            EnumeratorOptions options,
            ServerConnection server,
            SourceCoordination coordination,
            EnumeratorMetrics metrics,
            LongSupplier nanoClock,
            RandomGenerator random) {
        this.context = context;
        this.options = options;
        this.server = server;
        this.coordination = coordination;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
        this.origin = SourceOrigin.ofMetricVariables(context.metricGroup().getAllVariables());
        this.rivals = new SubscriptionRivals(options.tableName(), origin);
        this.schedule = new PollSchedule(RETRY, Duration.ofNanos(Long.MAX_VALUE), random);
    }

    /**
     * Sends what is to be sent, if nothing is under way.
     *
     * @param layout how partitions are spelled as slots
     */
    void goOn(SlotLayout layout) {
        if (server.closed()
                || options.subscription().acknowledgement() == Acknowledgement.NONE
                || coordination.rewind().wanted()
                || !schedule.due(nanoClock.getAsLong())) {
            return;
        }
        Optional<SubscriptionAccess> subscription = server.get().subscription();
        if (subscription.isEmpty()) {
            return;
        }
        Optional<Progress> next = coordination.acknowledgements().next(nanoClock.getAsLong());
        if (next.isEmpty()) {
            return;
        }
        WatermarkAcknowledger acknowledger =
                new WatermarkAcknowledger(options.tableName(), subscription.get(), writer(layout), rivals);
        Fingerprint lastSeen = coordination.lastSeen();
        Progress lastWritten = coordination.lastWritten();
        CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
        underWay = settled;
        context.callAsync(
                () -> {
                    try {
                        return acknowledger.acknowledge(next.get(), lastSeen, lastWritten);
                    } finally {
                        settled.complete(null);
                    }
                },
                (outcome, error) -> onAcknowledged(layout, next.get(), outcome, error));
    }

    private WatermarkWriter writer(SlotLayout layout) {
        return new WatermarkWriter(
                coordination.sourceId(),
                origin,
                options.subscription().foreignWatermark(),
                options.subscription().onRedrive(),
                layout);
    }

    private void onAcknowledged(
            SlotLayout layout,
            Progress progress,
            WatermarkAcknowledger.@Nullable Outcome outcome,
            @Nullable Throwable error) {
        if (outcome != null && outcome.goBack()) {
            coordination.acknowledgements().forget();
            coordination.goBack();
            metrics.redriven();
            LOG.warn(
                    "Watermark was moved back; reading goes back when everything under way is finished and in a checkpoint table={} unfinishedSplits={}",
                    options.tableName(),
                    coordination.unfinishedSplits());
            return;
        }
        if (outcome != null) {
            coordination.acknowledgements().sent();
            coordination.acknowledged(progress, outcome.seen());
            schedule.goOn();
            metrics.acknowledged();
            goOn(layout);
            return;
        }
        coordination.acknowledgements().failed(progress, nanoClock.getAsLong());
        if (error instanceof DeltaCatSourceException failure && !server.closed()) {
            throw failure;
        }
        schedule.failed(nanoClock.getAsLong(), Duration.ZERO);
        metrics.acknowledgementFailed();
        LOG.warn(
                "Watermark not moved, trying again table={} reason={}",
                options.tableName(),
                error == null ? "no result" : error.getMessage());
    }

    /** Waits for the write under way, if any, since it may be the last one of a bounded read. */
    void awaitLast(Duration atMost) {
        try {
            underWay.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Last acknowledgement is unsettled table={} reason={}", options.tableName(), e.toString());
        }
    }
}
