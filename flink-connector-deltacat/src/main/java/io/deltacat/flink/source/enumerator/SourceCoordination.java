package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.feed.DeltaSlice;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.FeedPage;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.progress.Acknowledgements;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.FinishedSplits;
import io.deltacat.flink.source.progress.Progress;
import io.deltacat.flink.source.progress.ProgressTracker;
import io.deltacat.flink.source.progress.RewindWait;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.EventTimeFloor;
import io.deltacat.flink.source.split.FileSlicing;
import io.deltacat.flink.source.split.SplitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * All decisions of the enumerator: what to discover, who reads what, what a checkpoint holds, what may be acknowledged.
 * Confined to the coordinator thread; pure, so that a simulation can drive it through any order of events.
 */
@Internal
public final class SourceCoordination {
    private final EnumeratorOptions options;
    private final String sourceId;
    private final FileSlicing slicing;
    private final SplitQueue assigner;
    private final ProgressTracker tracker;
    private final FinishedSplits finished;
    private final HandOutRate rate;
    private final UnfinishedLoad load = new UnfinishedLoad();
    private final EventTimeFloors floors = new EventTimeFloors();
    private final Acknowledgements acknowledgements;
    private final RewindWait rewind = new RewindWait();
    private final DiscoveryCursor discovery;
    private @Nullable Fingerprint lastSeen;
    private @Nullable Progress lastWritten;
    private Set<PartitionRef> acknowledgedEnds = Set.of();
    private boolean paused;

    /**
     * Goes on from a state.
     *
     * @param options how to work
     * @param state a fresh or a restored state
     * @param nowNanos the time
     */
    public SourceCoordination(EnumeratorOptions options, DeltaCatEnumeratorState state, long nowNanos) {
        this.options = options;
        this.sourceId = state.sourceId();
        this.acknowledgements = new Acknowledgements(options.subscription().safetyLag());
        this.rate = new HandOutRate(options.discovery().bytesPerSecond(), nowNanos);
        this.slicing = new FileSlicing(options.discovery().splitBytes());
        this.tracker = new ProgressTracker(state.openDeltas(), nowNanos);
        this.discovery = new DiscoveryCursor(options.boundedness(), state);
        this.assigner = options.reading() == RowReading.UPSERTS
                ? new LaneAssigner(tracker, discovery::handovers)
                : new SplitAssigner(
                        options.eventTimeColumn() == null
                                ? SplitAssigner.Order.DISCOVERY
                                : SplitAssigner.Order.EVENT_TIME);
        this.finished = new FinishedSplits(state.cursor() != null);
        this.lastSeen = state.lastSeen();
        assigner.add(state.waiting());
        load.add(state.waiting());
        floors.see(state.waiting());
        if (state.cursor() != null) {
            acknowledgements.restored(tracker.progress(state.cursor()), nowNanos);
        }
    }

    /**
     * Sets the start position, unless the state had one.
     *
     * @param start where discovery starts
     * @param seen the watermark document found, or null without a subscription
     */
    public void started(FeedCursor start, @Nullable Fingerprint seen) {
        discovery.startAt(start);
        lastSeen = seen;
    }

    /**
     * Tells how many splits to look for. A look costs about as much for a few splits as for many, so there is none before half
     * of the most that may be unfinished are finished.
     *
     * @return the budget; empty when discovery is complete, paused, not started, or enough is unfinished
     */
    public Optional<Budget> discoveryBudget() {
        int most = options.discovery().maxPendingSplits();
        int room = most - tracker.unfinishedSplits();
        return paused || rewind.wanted() || discovery.complete() || room < Math.max(1, most / 2)
                ? Optional.empty()
                : discovery.cursor().map(from -> new Budget(from, room));
    }

    /**
     * Takes in what was discovered.
     *
     * @param page the page, polled with the current cursor
     * @param nowNanos the time
     */
    public void discovered(FeedPage page, long nowNanos) {
        if (!page.slices().isEmpty()) {
            rewind.disturbed();
        }
        for (DeltaSlice slice : page.slices()) {
            int first = tracker.discovered(slice, slicing.count(slice), nowNanos);
            List<DeltaCatSplit> splits = slicing.cut(slice, first);
            load.add(splits);
            floors.see(splits);
            assigner.add(splits);
        }
        discovery.discovered(page);
        settleHandovers(acknowledgedEnds);
    }

    /**
     * Hands out splits to the readers that asked.
     *
     * @param registered readers that can take splits
     * @param nowNanos the time
     * @return the splits for each reader; none while paused, or while too much was handed out lately
     */
    public Map<Integer, List<DeltaCatSplit>> assign(Set<Integer> registered, long nowNanos) {
        if (paused || assigner.waitingCount() == 0 || !rate.allows(nowNanos)) {
            return Map.of();
        }
        Map<Integer, List<DeltaCatSplit>> assignment = assigner.assign(registered);
        rate.taken(assignment.values().stream()
                .flatMap(List::stream)
                .mapToLong(DeltaCatSplit::contentLength)
                .sum());
        return assignment;
    }

    /**
     * Notes that a reader wants splits.
     *
     * @param subtask the reader
     */
    public void requested(int subtask) {
        assigner.request(subtask);
    }

    /**
     * Notes that a reader emitted all rows of some splits.
     *
     * @param subtask the reader
     * @param splits the splits; repeated and outdated words do no harm
     * @return the splits the reader may forget at once
     */
    public List<SplitId> finished(int subtask, List<SplitId> splits) {
        rewind.disturbed();
        List<SplitId> confirmed = new ArrayList<>();
        for (SplitId split : splits) {
            tracker.deltaOf(split).ifPresent(delta -> assigner.finished(subtask, delta.partition()));
            tracker.finish(split);
            load.finished(split);
            if (finished.announced(subtask, split) == FinishedSplits.Confirmation.NOW) {
                confirmed.add(split);
            }
        }
        return confirmed;
    }

    /**
     * Takes back what a failed reader had.
     *
     * @param subtask the reader, which went back to a checkpoint
     * @param splits splits that were handed to it after that checkpoint
     */
    public void readerReset(int subtask, List<DeltaCatSplit> splits) {
        rewind.disturbed();
        Set<SplitId> givenBack = splits.stream().map(DeltaCatSplit::id).collect(Collectors.toSet());
        finished.reset(subtask, givenBack).forEach(tracker::reopen);
        assigner.forget(subtask);
        floors.forget(subtask);
        assigner.addBack(splits);
        load.add(splits);
    }

    /**
     * Takes the state for a checkpoint.
     *
     * @param checkpointId id of the checkpoint
     * @return the state
     */
    public DeltaCatEnumeratorState snapshot(long checkpointId) {
        finished.snapshot(checkpointId);
        rewind.snapshot(checkpointId, settled());
        Optional<FeedCursor> cursor = discovery.cursor();
        cursor.ifPresent(discovered -> acknowledgements.snapshot(checkpointId, tracker.progress(discovered)));
        return new DeltaCatEnumeratorState(
                options.tableName(),
                sourceId,
                cursor.orElse(null),
                discovery.state(),
                assigner.waiting(),
                tracker.snapshot(),
                lastSeen);
    }

    /**
     * Notes that a checkpoint completed.
     *
     * @param checkpointId id of the checkpoint
     * @param nowNanos the time
     * @return the finished splits each reader may forget now
     */
    public Map<Integer, List<SplitId>> completed(long checkpointId, long nowNanos) {
        Map<Integer, List<SplitId>> durable = finished.completed(checkpointId);
        durable.values().forEach(splits -> splits.forEach(tracker::durable));
        acknowledgements.completed(checkpointId, nowNanos);
        settleHandovers(acknowledgedEnds);
        rewind.completed(checkpointId, settled());
        return durable;
    }

    /**
     * Returns the queue of acknowledgements.
     *
     * @return the queue, owned by this object's thread
     */
    public Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    /**
     * Notes the document that was written or found last.
     *
     * @param progress what was written
     * @param seen its fingerprint
     */
    public void acknowledged(Progress progress, Fingerprint seen) {
        lastSeen = seen;
        lastWritten = progress;
        acknowledgedEnds = progress.ended();
        settleHandovers(acknowledgedEnds);
    }

    /** Whether no reader holds anything, as far as this is known here. */
    private boolean settled() {
        return tracker.quiet() && assigner.waitingCount() == 0 && finished.settled();
    }

    /** Begins to go back to the subscription's watermark: nothing new is discovered or acknowledged until then. */
    public void goBack() {
        rewind.begin();
    }

    /**
     * Tells where going back stands.
     *
     * @return the wait
     */
    public RewindWait rewind() {
        return rewind;
    }

    /**
     * Goes on from the subscription's watermark, wherever reading was.
     *
     * @param start where the watermark is
     * @param seen the document
     */
    public void wentBack(FeedCursor start, Fingerprint seen) {
        tracker.clear();
        load.clear();
        discovery.goBackTo(start);
        acknowledgements.forget();
        acknowledgedEnds = Set.of();
        lastSeen = seen;
        lastWritten = null;
        rewind.done();
    }

    /** Forgets ended partitions that are read for good, once the watermark document does not name them any more. */
    private void settleHandovers(Set<PartitionRef> acknowledged) {
        boolean silent = options.subscription().acknowledgement() == Acknowledgement.NONE || lastSeen == null;
        discovery.settle(ended -> !tracker.holds(ended) && (silent || acknowledged.contains(ended)));
    }

    /**
     * Returns the document that was written or found last.
     *
     * @return its fingerprint, or null when there was none
     */
    public @Nullable Fingerprint lastSeen() {
        return lastSeen;
    }

    /**
     * Returns what this source wrote last.
     *
     * @return the progress, or null when nothing was written since it started
     */
    public @Nullable Progress lastWritten() {
        return lastWritten;
    }

    /**
     * Stops or resumes handing out splits, as the subscription's state says.
     *
     * @param stop whether to stop
     */
    public void paused(boolean stop) {
        paused = stop;
    }

    /**
     * Tells whether the subscription is paused.
     *
     * @return whether splits are held back
     */
    public boolean paused() {
        return paused;
    }

    /**
     * Tells whether a bounded read is over. Only then are readers told that nothing more comes: a reader that ends earlier
     * could end with an announcement that no checkpoint covers.
     *
     * @return whether everything is discovered and finished
     */
    public boolean exhausted() {
        return discovery.complete() && tracker.allRead();
    }

    /**
     * Tells whether the source is still working off what was there before.
     *
     * @return whether the last look found more than it could take
     */
    public boolean backlog() {
        return !discovery.caughtUp();
    }

    /**
     * Tells whether the last look found nothing more.
     *
     * @return whether discovery is at the end of the table
     */
    public boolean caughtUp() {
        return discovery.caughtUp();
    }

    /**
     * Finds the readers that should know more of event time.
     *
     * @param listening readers that can be told
     * @return what to tell each of them; empty without event time
     */
    public Map<Integer, EventTimeFloor> eventTimeNews(Set<Integer> listening) {
        if (options.eventTimeColumn() == null) {
            return Map.of();
        }
        EventTimeFloor floor = floors.floor(assigner.waiting(), discovery.caughtUp() || discovery.complete());
        return floors.toTell(floor, listening).stream().collect(Collectors.toMap(subtask -> subtask, subtask -> floor));
    }

    /**
     * Tells how far reading is behind.
     *
     * @param nowNanos the time
     * @return the state at this moment
     */
    SourceLag lag(long nowNanos) {
        long discovered =
                discovery.cursor().map(cursor -> positions(cursor.partitions())).orElse(0L);
        return new SourceLag(
                tracker.unreadDeltas(),
                load.rows(),
                load.bytes(),
                tracker.unreadSince(nowNanos),
                discovery.cursor().isPresent() && !discovery.caughtUp() && !discovery.complete(),
                assigner.waitingCount(),
                tracker.unfinishedSplits(),
                paused,
                discovered,
                lastWritten == null ? -1 : positions(lastWritten.partitions()));
    }

    private static long positions(Map<PartitionRef, PartitionCursor> partitions) {
        return partitions.values().stream()
                .mapToLong(PartitionCursor::orderedPosition)
                .sum();
    }

    /**
     * Returns the number of splits that are not finished.
     *
     * @return splits waiting and at readers
     */
    public int unfinishedSplits() {
        return tracker.unfinishedSplits();
    }

    /**
     * Returns the random id of this source.
     *
     * @return the id
     */
    public String sourceId() {
        return sourceId;
    }

    /**
     * Where to look for new deltas and how much to take.
     *
     * @param cursor where discovery stands
     * @param maxSplits most splits to make, at least 1
     */
    public record Budget(FeedCursor cursor, int maxSplits) {}

    /**
     * Returns what is read completely.
     *
     * @return the progress a checkpoint taken now would cover; none before the start
     */
    public Progress progress() {
        return discovery.cursor().map(tracker::progress).orElse(Progress.none());
    }
}
