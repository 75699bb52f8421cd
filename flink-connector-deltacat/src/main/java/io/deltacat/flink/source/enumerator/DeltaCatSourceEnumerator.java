package io.deltacat.flink.source.enumerator;

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
 * Carries answers between Flink and {@link SourceCoordination}, which decides everything, on Flink's coordinator thread. A
 * timer tick starts what is due in {@link DiscoveryLoop} and {@link AcknowledgementLoop}; they make all REST calls of the
 * source on Flink's worker thread, by {@code callAsync}.
 */
@Internal
public final class DeltaCatSourceEnumerator implements SplitEnumerator<DeltaCatSplit, DeltaCatEnumeratorState> {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaCatSourceEnumerator.class);
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final SplitEnumeratorContext<DeltaCatSplit> context;
    private final EnumeratorOptions options;
    private final LongSupplier nanoClock;
    private final boolean restored;
    private final ServerConnection server;
    private final SourceCoordination coordination;
    private final EnumeratorMetrics metrics;
    private final DiscoveryLoop discovery;
    private final AcknowledgementLoop acknowledgement;
    private final Set<Integer> toldTheEnd = new HashSet<>();
    private boolean backlog;

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
        this.nanoClock = nanoClock;
        this.restored = initial.cursor() != null;
        this.server = new ServerConnection(options.tableName(), connect);
        this.coordination = new SourceCoordination(options, initial, nanoClock.getAsLong());
        metrics = new EnumeratorMetrics(context.metricGroup(), nanoClock);
        this.discovery = new DiscoveryLoop(
                context, options, server, coordination, metrics, nanoClock, random, initial, this::afterLook);
        this.acknowledgement =
                new AcknowledgementLoop(context, options, server, coordination, metrics, nanoClock, random);
    }

    @Override
    public void start() {
        long tick = Math.max(1, Math.min(options.discovery().interval().toMillis(), LONGEST_TICK.toMillis()));
        LOG.info(
                "Source enumerator starts table={} source={} startMode={} restored={}",
                options.tableName(),
                coordination.sourceId(),
                options.startMode(),
                restored);
        context.callAsync(
                () -> true,
                (ok, error) -> {
                    goOn();
                    tell();
                },
                0,
                tick);
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
        coordination.completed(checkpointId, nanoClock.getAsLong()).forEach(this::confirm);
        acknowledge();
    }

    /**
     * Releases the connection. An acknowledgement under way is given up to five seconds to end, since it may be the last
     * one of a bounded read.
     */
    @Override
    public void close() {
        server.noMore();
        acknowledgement.awaitLast(CLOSE_WAIT);
        server.close();
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
        discovery.goOn();
        acknowledge();
    }

    /** What costs as much as there is unfinished, and therefore does not happen with each word of a reader. */
    private void tell() {
        tellEventTime();
        metrics.update(coordination.lag(nanoClock.getAsLong()));
    }

    /** Readers may let event time pass up to the splits that nobody has. */
    private void tellEventTime() {
        Set<Integer> listening = new HashSet<>(context.registeredReaders().keySet());
        listening.removeAll(toldTheEnd);
        coordination.eventTimeNews(listening).forEach(context::sendEventToSourceReader);
    }

    private void acknowledge() {
        discovery.started().ifPresent(started -> acknowledgement.goOn(started.layout()));
    }

    private void afterLook() {
        if (discovery.looked()) {
            reportBacklog();
        }
        goOn();
        tell();
    }

    private void handOut() {
        Map<Integer, List<DeltaCatSplit>> assignment =
                coordination.assign(context.registeredReaders().keySet(), nanoClock.getAsLong());
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

    private void reportBacklog() {
        boolean now = options.boundedness() == Boundedness.CONTINUOUS_UNBOUNDED && coordination.backlog();
        if (now != backlog) {
            backlog = now;
            context.setIsProcessingBacklog(now);
        }
    }
}
