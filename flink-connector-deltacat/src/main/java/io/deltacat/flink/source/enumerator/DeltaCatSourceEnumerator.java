package io.deltacat.flink.source.enumerator;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.enumerator.SourceStart.Started;
import io.deltacat.flink.source.feed.DeltaFeed;
import io.deltacat.flink.source.feed.FeedPage;
import io.deltacat.flink.source.feed.HistoryEvent;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.Progress;
import io.deltacat.flink.source.progress.WatermarkDocument.SlotLayout;
import io.deltacat.flink.source.progress.WatermarkWriter;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.SplitId;
import io.deltacat.flink.source.split.SplitsConfirmed;
import io.deltacat.flink.source.split.SplitsFinished;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives {@link SourceCoordination} from Flink's coordinator thread and makes all REST calls of the source on Flink's worker
 * thread, by {@code callAsync}. A timer tick starts what is due; there is never more than one discovery and one
 * acknowledgement under way. Server outages are waited out up to the tolerated time; acknowledgements that fail never fail
 * the job, unless somebody else owns the watermark and the policy says so.
 *
 * <p>The file is long because Flink's interface is: it only carries answers between Flink, the port and the decisions.
 */
@Internal
public final class DeltaCatSourceEnumerator implements SplitEnumerator<DeltaCatSplit, DeltaCatEnumeratorState> {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaCatSourceEnumerator.class);
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final Duration ACKNOWLEDGEMENT_RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final SplitEnumeratorContext<DeltaCatSplit> context;
    private final EnumeratorOptions options;
    private final Supplier<ServerAccess> connect;
    private final LongSupplier nanoClock;
    private final DeltaCatEnumeratorState initial;
    private final SourceCoordination coordination;
    private final PollSchedule discoverySchedule;
    private final PollSchedule acknowledgementSchedule;
    private final EnumeratorMetrics metrics;
    private final Set<Integer> toldTheEnd = new HashSet<>();

    private volatile @Nullable ServerAccess server;
    private volatile CompletableFuture<?> acknowledging = CompletableFuture.completedFuture(null);
    private volatile boolean closed;
    private @Nullable Started started;
    private boolean discovering;
    private boolean backlog;
    private long statusCheckedNanos;

    /**
     * Builds an enumerator; nothing is sent before {@link #start}.
     *
     * @param context Flink's context
     * @param options how to work
     * @param connect opens the connection, on the worker thread
     * @param initial a fresh or restored state
     * @param nanoClock monotonic clock
     * @param random source of jitter
     */
    public DeltaCatSourceEnumerator(
            SplitEnumeratorContext<DeltaCatSplit> context,
            EnumeratorOptions options,
            Supplier<ServerAccess> connect,
            DeltaCatEnumeratorState initial,
            LongSupplier nanoClock,
            RandomGenerator random) {
        this.context = context;
        this.options = options;
        this.connect = connect;
        this.initial = initial;
        this.nanoClock = nanoClock;
        this.coordination = new SourceCoordination(options, initial);
        this.discoverySchedule = new PollSchedule(options.discoveryInterval(), options.failureTolerance(), random);
        this.acknowledgementSchedule =
                new PollSchedule(ACKNOWLEDGEMENT_RETRY, Duration.ofNanos(Long.MAX_VALUE), random);
        this.metrics = new EnumeratorMetrics(context.metricGroup(), coordination);
    }

    @Override
    public void start() {
        long tick = Math.max(1, Math.min(options.discoveryInterval().toMillis(), LONGEST_TICK.toMillis()));
        LOG.info(
                "Source enumerator starts table={} source={} startMode={} restored={}",
                options.tableName(),
                coordination.sourceId(),
                options.startMode(),
                initial.cursor() != null);
        context.callAsync(() -> true, (ok, error) -> goOn(), 0, tick);
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        coordination.requested(subtask);
        handOut();
    }

    @Override
    public void addSplitsBack(List<DeltaCatSplit> splits, int subtask) {
        toldTheEnd.remove(subtask);
        coordination.readerReset(subtask, splits);
        LOG.info(
                "Reader went back to the last checkpoint table={} subtask={} splitsBack={}",
                options.tableName(),
                subtask,
                splits.size());
        handOut();
    }

    @Override
    public void addReader(int subtask) {
        handOut();
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof SplitsFinished announcement) {
            List<SplitId> splits = announcement.splitIds().stream()
                    .map(SplitId::parse)
                    .flatMap(Optional::stream)
                    .toList();
            confirm(subtask, coordination.finished(subtask, splits));
            goOn();
        } else {
            LOG.warn("Unknown event ignored table={} subtask={} event={}", options.tableName(), subtask, event);
        }
    }

    @Override
    public DeltaCatEnumeratorState snapshotState(long checkpointId) {
        return coordination.snapshot(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        coordination.completed(checkpointId).forEach(this::confirm);
        acknowledge();
    }

    /**
     * Releases the connection. An acknowledgement under way is given up to five seconds to end, since it may be the last
     * one of a bounded read.
     */
    @Override
    public void close() {
        closed = true;
        try {
            acknowledging.get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Last acknowledgement is unsettled table={} reason={}", options.tableName(), e.toString());
        }
        disconnect();
    }

    private synchronized void disconnect() {
        ServerAccess open = server;
        server = null;
        if (open != null) {
            open.close();
        }
    }

    private synchronized ServerAccess connected() {
        ServerAccess open = server;
        if (open == null) {
            if (closed) {
                throw new IllegalStateException(
                        "Source enumerator of table %s is closed".formatted(options.tableName()));
            }
            open = connect.get();
            server = open;
        }
        return open;
    }

    /** A reader that was told the end may be gone by now, and Flink fails a task over for an event that it cannot deliver. */
    private void confirm(int subtask, List<SplitId> splits) {
        boolean listening = context.registeredReaders().containsKey(subtask) && !toldTheEnd.contains(subtask);
        if (!splits.isEmpty() && listening) {
            context.sendEventToSourceReader(
                    subtask,
                    new SplitsConfirmed(splits.stream().map(SplitId::text).toList()));
        }
    }

    /** Starts whatever is due. */
    private void goOn() {
        handOut();
        discover();
        acknowledge();
    }

    private void discover() {
        long now = nanoClock.getAsLong();
        if (discovering || closed || !discoverySchedule.due(now)) {
            return;
        }
        Started ready = started;
        if (ready == null) {
            discovering = true;
            context.callAsync(this::connectAndStart, this::onStarted);
            return;
        }
        boolean checkStatus = options.discoveryInterval().compareTo(options.statusInterval()) >= 0
                || now - statusCheckedNanos >= options.statusInterval().toNanos();
        Optional<SourceCoordination.Budget> budget = coordination.discoveryBudget();
        Optional<SubscriptionAccess> subscription = checkStatus ? connected().subscription() : Optional.empty();
        if (budget.isEmpty() && subscription.isEmpty()) {
            return;
        }
        discovering = true;
        long begun = now;
        context.callAsync(() -> look(ready.feed(), budget, subscription), (look, error) -> onLook(look, error, begun));
    }

    private Started connectAndStart() {
        return new SourceStart(options, connected(), initial).run();
    }

    private void onStarted(@Nullable Started ready, @Nullable Throwable error) {
        discovering = false;
        if (closed) {
            return;
        }
        if (ready == null) {
            onFailure("start", error);
            return;
        }
        started = ready;
        statusCheckedNanos = nanoClock.getAsLong();
        discoverySchedule.goOn();
        coordination.started(ready.cursor(), ready.lastSeen());
        pause(ready.gate());
        LOG.info(
                "Source enumerator runs table={} source={} feed={} unfinishedSplits={}",
                options.tableName(),
                coordination.sourceId(),
                ready.feed().getClass().getSimpleName(),
                coordination.unfinishedSplits());
        goOn();
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
        discovering = false;
        if (closed) {
            return;
        }
        if (look == null) {
            onFailure("discovery", error);
            return;
        }
        long now = nanoClock.getAsLong();
        metrics.discovered(Duration.ofNanos(now - begunNanos));
        if (look.gate() != null) {
            statusCheckedNanos = now;
            pause(look.gate());
        }
        FeedPage page = look.page();
        if (page != null) {
            coordination.discovered(page);
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
        if (page != null && !page.caughtUp()) {
            discoverySchedule.goOn();
        } else {
            discoverySchedule.succeeded(now);
        }
        reportBacklog();
        goOn();
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

    private void onFailure(String step, @Nullable Throwable error) {
        Throwable cause = error == null ? new IllegalStateException(step + " ended without result") : error;
        if (cause instanceof DeltaCatSourceException failure) {
            throw failure;
        }
        long now = nanoClock.getAsLong();
        boolean passing = cause instanceof ServerUnavailable
                || cause instanceof UnknownOutcome
                || (cause instanceof DeltaCatException refusal && refusal.retryable());
        Duration atLeast = cause instanceof DeltaCatException refusal
                ? refusal.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        if (!passing || discoverySchedule.failed(now, atLeast) == PollSchedule.Verdict.GIVE_UP) {
            throw new DeltaCatSourceException.DiscoveryFailed(
                    "Table %s: %s failed%s: %s"
                            .formatted(
                                    options.tableName(),
                                    step,
                                    passing
                                            ? " for %d s, longer than 'scan.failure-tolerance' of %d s allows"
                                                    .formatted(
                                                            discoverySchedule
                                                                    .failingFor(now)
                                                                    .toSeconds(),
                                                            options.failureTolerance()
                                                                    .toSeconds())
                                            : "",
                                    cause.getMessage()),
                    cause);
        }
        metrics.discoveryFailed();
        LOG.warn(
                "Server out of reach, trying again table={} step={} failures={} reason={}",
                options.tableName(),
                step,
                discoverySchedule.failures(),
                cause.getMessage());
    }

    private void acknowledge() {
        Started ready = started;
        if (ready == null
                || closed
                || options.acknowledgement() == Acknowledgement.NONE
                || !acknowledgementSchedule.due(nanoClock.getAsLong())) {
            return;
        }
        Optional<SubscriptionAccess> subscription = connected().subscription();
        if (subscription.isEmpty()) {
            return;
        }
        Optional<Progress> next = coordination.acknowledgements().next();
        if (next.isEmpty()) {
            return;
        }
        WatermarkAcknowledger acknowledger =
                new WatermarkAcknowledger(options.tableName(), subscription.get(), writer(ready.layout()));
        Fingerprint lastSeen = coordination.lastSeen();
        CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
        acknowledging = settled;
        context.callAsync(
                () -> {
                    try {
                        return acknowledger.acknowledge(next.get(), lastSeen);
                    } finally {
                        settled.complete(null);
                    }
                },
                (seen, error) -> onAcknowledged(next.get(), seen, error));
    }

    private WatermarkWriter writer(SlotLayout layout) {
        return new WatermarkWriter(coordination.sourceId(), options.foreignWatermark(), layout);
    }

    private void onAcknowledged(Progress progress, @Nullable Fingerprint seen, @Nullable Throwable error) {
        if (seen != null) {
            coordination.acknowledgements().sent();
            coordination.acknowledged(progress, seen);
            acknowledgementSchedule.goOn();
            metrics.acknowledged();
            acknowledge();
            return;
        }
        coordination.acknowledgements().failed(progress);
        if (error instanceof DeltaCatSourceException failure && !closed) {
            throw failure;
        }
        acknowledgementSchedule.failed(nanoClock.getAsLong(), Duration.ZERO);
        metrics.acknowledgementFailed();
        LOG.warn(
                "Watermark not moved, trying again table={} reason={}",
                options.tableName(),
                error == null ? "no result" : error.getMessage());
    }

    private void handOut() {
        Map<Integer, List<DeltaCatSplit>> assignment =
                coordination.assign(context.registeredReaders().keySet());
        if (!assignment.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(assignment));
        }
        if (options.boundedness() == Boundedness.BOUNDED && coordination.exhausted()) {
            for (int subtask : context.registeredReaders().keySet()) {
                if (toldTheEnd.add(subtask)) {
                    context.signalNoMoreSplits(subtask);
                }
            }
        }
    }

    private void pause(SubscriptionGate.Gate gate) {
        boolean stop = gate == SubscriptionGate.Gate.PAUSED;
        if (stop != coordination.paused()) {
            LOG.info("Subscription {} table={}", stop ? "paused, no new splits" : "resumed", options.tableName());
            coordination.paused(stop);
        }
    }

    private void reportBacklog() {
        boolean now = options.boundedness() == Boundedness.CONTINUOUS_UNBOUNDED && coordination.backlog();
        if (now != backlog) {
            backlog = now;
            context.setIsProcessingBacklog(now);
        }
    }

    /** Result of one look at the server. */
    private record Look(@Nullable FeedPage page, SubscriptionGate.@Nullable Gate gate) {}
}
