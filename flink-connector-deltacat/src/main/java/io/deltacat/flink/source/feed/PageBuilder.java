package io.deltacat.flink.source.feed;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Collects slices up to a budget of files and keeps the cursor that covers exactly them. Confined to one poll. */
@Internal
final class PageBuilder {
    private final FeedCursor start;
    private final Coverage coverage;
    private final List<DeltaSlice> slices = new ArrayList<>();
    private int budget;
    private @Nullable PartialDelta partial;
    private boolean full;

    /**
     * Starts behind a cursor.
     *
     * @param start the cursor
     * @param maxFiles the budget, at least 1
     */
    PageBuilder(FeedCursor start, int maxFiles) {
        if (maxFiles < 1) {
            throw new IllegalArgumentException("Discovery budget is %d files; expected at least 1".formatted(maxFiles));
        }
        this.start = start;
        this.coverage = new Coverage(start.partitions());
        this.budget = maxFiles;
        this.partial = start.partial();
    }

    /** Tells whether the budget is used up, so that what follows was not looked at. */
    boolean full() {
        return full;
    }

    /** Returns how many files may still be handed out. */
    int budget() {
        return budget;
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
        int to = Math.min(files.size(), from + budget);
        boolean last = to == files.size();
        slices.add(new DeltaSlice(delta, kind, from, files.subList(from, to), last));
        budget -= Math.max(1, to - from);
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

    /** Returns the page. */
    FeedPage build(boolean caughtUp) {
        return new FeedPage(slices, cursor(), caughtUp);
    }

    /** Returns the cursor that covers what was collected; the very one it started with when nothing was. */
    FeedCursor cursor() {
        FeedCursor next = new FeedCursor(coverage.partitions(), partial, start.backfill());
        return next.equals(start) ? start : next;
    }
}
