package io.deltacat.flink.source.feed;

import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Finds new deltas by comparing read plans with the cursor, by delta identity (protocol/data-plane.md §8). Works with every
 * server, at a cost proportional to the table when something changed; an idle poll is one request.
 *
 * <p>A cursor that knows nothing starts with a backfill where only inserts are expected: the pages of one pinned snapshot,
 * each handed out as it comes, so neither heap nor requests grow with the table for one poll. While a cursor is
 * {@link FeedCursor#pinnedAt pinned}, the feed yields that snapshot only and is caught up at its end; that is how bounded
 * reads use it.
 */
@Internal
public final class PlanFeed implements DeltaFeed {
    private final TableAccess table;
    private final ReadableKinds kinds;
    private final PinnedSnapshot pinned;
    private final PlanDifference difference;
    private @Nullable String settledSnapshot;
    private @Nullable FeedCursor settledCursor;

    /**
     * Builds a feed.
     *
     * @param table access to the table
     * @param kinds kinds of deltas that are expected
     * @param rules what to do when the past changed
     * @param weight what a file takes of the budget
     */
    public PlanFeed(TableAccess table, ReadableKinds kinds, HistoryRules rules, FileWeight weight) {
        this.table = Objects.requireNonNull(table, "table");
        this.kinds = Objects.requireNonNull(kinds, "kinds");
        this.pinned = new PinnedSnapshot(table, kinds, rules, weight);
        this.difference = new PlanDifference(table, kinds, rules, weight);
    }

    @Override
    public FeedPage poll(FeedCursor cursor, int maxSplits) {
        Backfill backfill = cursor.backfill();
        if (backfill != null) {
            return pinned.read(cursor, backfill, maxSplits);
        }
        String snapshot = table.metadata().snapshotId();
        if (snapshot != null && snapshot.equals(settledSnapshot) && sameDiscovery(cursor)) {
            return new FeedPage(List.of(), cursor, true);
        }
        boolean nothingKnown = cursor.partitions().isEmpty() && cursor.partial() == null;
        FeedPage result = nothingKnown && kinds == ReadableKinds.INSERTS
                ? poll(cursor.pinnedAt(table.snapshotTimeNanos()), maxSplits)
                : difference.read(cursor, table.snapshotTimeNanos(), true, maxSplits);
        settledSnapshot = result.caughtUp() ? snapshot : null;
        settledCursor = result.caughtUp() ? result.next() : null;
        return result;
    }

    /** Handovers are settled by whoever reads, and do not matter for what is new. */
    private boolean sameDiscovery(FeedCursor cursor) {
        FeedCursor settled = settledCursor;
        return settled != null && cursor.settled(any -> true).equals(settled.settled(any -> true));
    }

    @Override
    public FeedCursor skipToEnd() {
        return skipTo(table.snapshotTimeNanos());
    }

    @Override
    public FeedCursor skipTo(long asOfNanos) {
        return difference.coveredAt(asOfNanos);
    }
}
