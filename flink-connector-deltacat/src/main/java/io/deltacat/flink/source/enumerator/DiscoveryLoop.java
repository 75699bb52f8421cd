package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.enumerator.SourceStart.Started;
import io.deltacat.flink.source.feed.DeltaFeed;
import io.deltacat.flink.source.feed.FeedPage;
import io.deltacat.flink.source.feed.HistoryEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server what there is to read: first where to start, then again and again what is new, and at times whether the
 * subscription is paused. One request is under way at a time. Confined to the coordinator thread; the requests are made on
 * the worker thread.
 */
@Internal
final class DiscoveryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryLoop.class);

    private final SplitEnumeratorContext<?> context;
    private final EnumeratorOptions options;
    private final ServerConnection server;
    private final SourceCoordination coordination;
    private final EnumeratorMetrics metrics;
    private final LongSupplier nanoClock;
    private final DeltaCatEnumeratorState initial;
    private final Runnable afterwards;
    private final PollSchedule schedule;
    private final ServerOutages outages;
    private @Nullable Started started;
    private boolean looking;
    private boolean looked;
    private long statusCheckedNanos;

    /**
     * Sends nothing yet.
     *
     * @param context Flink's context
     * @param options how to work
     * @param server the connection
     * @param coordination takes in what is found
     * @param metrics counts
     * @param nanoClock monotonic clock
     * @param random source of jitter
     * @param initial a fresh or restored state
     * @param afterwards called after each answer
     */
    DiscoveryLoop(
            SplitEnumeratorContext<?> context,
            EnumeratorOptions options,
            ServerConnection server,
            SourceCoordination coordination,
            EnumeratorMetrics metrics,
            LongSupplier nanoClock,
            RandomGenerator random,
            DeltaCatEnumeratorState initial,
            Runnable afterwards) {
        this.context = context;
        this.options = options;
        this.server = server;
        this.coordination = coordination;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
        this.initial = initial;
        this.afterwards = afterwards;
        this.schedule = new PollSchedule(
                options.discovery().interval(), options.discovery().failureTolerance(), random);
        this.outages = new ServerOutages(options, schedule, metrics);
    }

    /** Returns what the start found out; empty before it is done. */
    Optional<Started> started() {
        return Optional.ofNullable(started);
    }

    /** Tells whether the server was asked for new deltas at least once. */
    boolean looked() {
        return looked;
    }

    /** Asks if it is time to, and nothing is under way. */
    void goOn() {
        long now = nanoClock.getAsLong();
        if (looking || server.closed() || !schedule.due(now)) {
            return;
        }
        Started ready = started;
        if (ready == null) {
            looking = true;
            context.callAsync(() -> new SourceStart(options, server.get(), initial).run(), this::onStarted);
            return;
        }
        if (coordination.rewind().ready()) {
            looking = true;
            context.callAsync(
                    () -> new SourceStart(options, server.get(), initial).behindWatermark(), this::onWentBack);
            return;
        }
        Optional<SourceCoordination.Budget> budget = coordination.discoveryBudget();
        Optional<SubscriptionAccess> subscription =
                statusIsDue(now) ? server.get().subscription() : Optional.empty();
        if (budget.isEmpty() && subscription.isEmpty()) {
            return;
        }
        looking = true;
        context.callAsync(() -> look(ready.feed(), budget, subscription), (look, error) -> onLook(look, error, now));
    }

    private boolean statusIsDue(long now) {
        Duration interval = options.subscription().statusInterval();
        return options.discovery().interval().compareTo(interval) >= 0
                || now - statusCheckedNanos >= interval.toNanos();
    }

    private void onStarted(@Nullable Started ready, @Nullable Throwable error) {
        looking = false;
        if (server.closed()) {
            return;
        }
        if (ready == null) {
            outages.failed("start", error, nanoClock.getAsLong());
            return;
        }
        started = ready;
        statusCheckedNanos = nanoClock.getAsLong();
        schedule.goOn();
        coordination.started(ready.cursor(), ready.lastSeen());
        pause(ready.gate());
        LOG.info(
                "Source enumerator runs table={} source={} feed={} unfinishedSplits={}",
                options.tableName(),
                coordination.sourceId(),
                ready.feed().getClass().getSimpleName(),
                coordination.unfinishedSplits());
        afterwards.run();
    }

    private void onWentBack(SourceStart.@Nullable Behind behind, @Nullable Throwable error) {
        looking = false;
        if (server.closed()) {
            return;
        }
        if (behind == null) {
            outages.failed("going back to the watermark", error, nanoClock.getAsLong());
            return;
        }
        schedule.goOn();
        coordination.wentBack(behind.cursor(), behind.seen());
        LOG.warn("Reads again from the watermark table={} cursor={}", options.tableName(), behind.cursor());
        afterwards.run();
    }

    private static Look look(
            DeltaFeed feed, Optional<SourceCoordination.Budget> budget, Optional<SubscriptionAccess> subscription) {
        SubscriptionGate.Gate gate = null;
        if (subscription.isPresent()) {
            gate = SubscriptionGate.gate(
                    subscription.get().subscriptionId(), subscription.get().find());
        }
        FeedPage page = budget.isPresent() && gate != SubscriptionGate.Gate.PAUSED
                ? feed.poll(budget.get().cursor(), budget.get().maxSplits())
                : null;
        return new Look(page, gate);
    }

    private void onLook(@Nullable Look look, @Nullable Throwable error, long begunNanos) {
        looking = false;
        if (server.closed()) {
            return;
        }
        long now = nanoClock.getAsLong();
        if (look == null) {
            outages.failed("discovery", error, now);
            return;
        }
        looked = true;
        metrics.discovered(Duration.ofNanos(now - begunNanos));
        if (look.gate() != null) {
            statusCheckedNanos = now;
            pause(look.gate());
        }
        FeedPage page = look.page();
        if (page != null) {
            takeIn(page, now);
        }
        if (page != null && !page.caughtUp()) {
            schedule.goOn();
        } else {
            schedule.succeeded(now);
        }
        afterwards.run();
    }

    private void takeIn(FeedPage page, long now) {
        coordination.discovered(page, now);
        page.events().forEach(this::report);
        if (!page.slices().isEmpty()) {
            LOG.debug(
                    "Discovered table={} deltas={} files={} caughtUp={}",
                    options.tableName(),
                    page.slices().size(),
                    page.fileCount(),
                    page.caughtUp());
        }
    }

    private void report(HistoryEvent event) {
        metrics.historyChanged(event);
        if (event.kind() == HistoryEvent.Kind.COMPACTED) {
            LOG.info("Table was compacted table={} what={}", options.tableName(), event.text());
        } else {
            LOG.warn(
                    "History of the table changed table={} kind={} lostDeltas={} what={}",
                    options.tableName(),
                    event.kind(),
                    event.lostDeltas(),
                    event.text());
        }
    }

    private void pause(SubscriptionGate.Gate gate) {
        boolean stop = gate == SubscriptionGate.Gate.PAUSED;
        if (stop != coordination.paused()) {
            LOG.info("Subscription {} table={}", stop ? "paused, no new splits" : "resumed", options.tableName());
            coordination.paused(stop);
        }
    }

    /** Result of one look at the server. */
    private record Look(@Nullable FeedPage page, SubscriptionGate.@Nullable Gate gate) {}
}
