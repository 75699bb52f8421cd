package io.deltacat.flink.source.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Collects slices up to a budget of splits and keeps the cursor that covers exactly them. Confined to one poll. */
@Internal
final class PageBuilder {
    private final FeedCursor start;
    private final Coverage coverage;
    private final FileWeight weight;
    private final List<DeltaSlice> slices = new ArrayList<>();
    private final List<Handover> handovers;
    private final List<HistoryEvent> events = new ArrayList<>();
    private int budget;
    private @Nullable PartialDelta partial;
    private boolean full;

    /**
     * Starts behind a cursor.
     *
     * @param start the cursor
     * @param maxSplits the budget, at least 1
     * @param weight what a file takes of it
     */
    PageBuilder(FeedCursor start, int maxSplits, FileWeight weight) {
        if (maxSplits < 1) {
            throw new IllegalArgumentException(
                    "Discovery budget is %d splits; expected at least 1".formatted(maxSplits));
        }
        this.start = start;
        this.weight = weight;
        this.coverage = new Coverage(start.partitions());
        this.handovers = new ArrayList<>(start.handovers());
        this.budget = maxSplits;
        this.partial = start.partial();
    }

    /** Tells whether the budget is used up, so that what follows was not looked at. */
    boolean full() {
        return full;
    }

    /** Returns how many splits may still be handed out. */
    int budget() {
        return Math.max(0, budget);
    }

    /** Returns the last ordered position known or collected for a partition. */
    long orderedPosition(PartitionRef partition) {
        return coverage.orderedPosition(partition);
    }

    /**
     * Offers a new delta with all its files, in their fixed order. Of a delta that was begun before, only the files after
     * those handed out are used.
     *
     * @param delta the delta, not covered by the cursor
     * @param kind what it does
     * @param files all files of the delta
     * @return whether the delta is covered now; false means the page is full
     */
    boolean offer(DeltaRef delta, DeltaKind kind, List<SourceFile> files) {
        if (budget <= 0) {
            full = true;
            return false;
        }
        PartialDelta begun = partial;
        boolean resumed = begun != null && begun.delta().equals(delta);
        int from = begun != null && resumed ? Math.min(begun.filesSeen(), files.size()) : 0;
        int to = from;
        int taken = 0;
        while (to < files.size() && (to == from || taken + weight.of(files.get(to)) <= budget)) {
            taken += weight.of(files.get(to++));
        }
        boolean last = to == files.size();
        slices.add(new DeltaSlice(delta, kind, from, files.subList(from, to), last));
        budget -= Math.max(1, taken);
        if (!last) {
            partial = new PartialDelta(delta, kind, to);
            full = true;
            return false;
        }
        if (resumed) {
            partial = null;
        }
        coverage.cover(delta, kind);
        return true;
    }

    /** Covers a delta without handing it out. */
    void cover(DeltaRef delta, DeltaKind kind) {
        coverage.cover(delta, kind);
    }

    /** Makes a partition known although nothing of it is covered yet. */
    void know(PartitionRef partition) {
        coverage.know(partition);
    }

    /** Returns the partitions known now. */
    Set<PartitionRef> known() {
        return coverage.partitions().keySet();
    }

    /** Returns what is known of a partition now. */
    PartitionCursor cursor(PartitionRef partition) {
        return coverage.cursor(partition);
    }

    /** Returns the delta inside which discovery stopped. */
    Optional<PartialDelta> begun() {
        return Optional.ofNullable(partial);
    }

    /** Returns the delta inside which discovery stopped, if it is of this partition. */
    Optional<PartialDelta> begun(PartitionRef partition) {
        return Optional.ofNullable(partial)
                .filter(open -> open.delta().partition().equals(partition));
    }

    /** Forgets a partition of which nothing was read. */
    void forget(PartitionRef partition) {
        coverage.forget(partition);
    }

    /**
     * Lets another partition go on with the rows of one that was handed out to its end.
     *
     * @param from the partition that ended
     * @param to its successor
     * @param covered what of the successor holds rows of {@code from} only
     */
    void handOver(PartitionRef from, PartitionRef to, PartitionCursor covered) {
        handovers.add(new Handover(from, coverage.cursor(from), to));
        coverage.forget(from);
        coverage.set(to, covered);
    }

    /**
     * Gives a partition up whose rows were replaced or lost.
     *
     * @param from the partition
     * @param to what took its place, or null when all of the table was replaced
     */
    void retire(PartitionRef from, @Nullable PartitionRef to) {
        begun(from).ifPresent(open -> {
            slices.add(new DeltaSlice(open.delta(), open.kind(), open.filesSeen(), List.of(), true));
            partial = null;
        });
        handovers.add(new Handover(from, coverage.cursor(from), to));
        coverage.forget(from);
    }

    /** Sets what is known of a live partition whose past changed. */
    void reset(PartitionRef partition, PartitionCursor known) {
        coverage.set(partition, known);
    }

    /** Notes a change of history that was got over. */
    void note(HistoryEvent event) {
        events.add(event);
    }

    /** Returns the page. */
    FeedPage build(boolean caughtUp) {
        return new FeedPage(slices, cursor(), caughtUp, events);
    }

    /** Returns the cursor that covers what was collected; the very one it started with when nothing was. */
    FeedCursor cursor() {
        FeedCursor next = new FeedCursor(coverage.partitions(), partial, start.backfill(), handovers);
        return next.equals(start) ? start : next;
    }
}
