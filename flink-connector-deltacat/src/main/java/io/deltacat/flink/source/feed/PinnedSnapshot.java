package io.deltacat.flink.source.feed;

import org.apache.flink.annotation.Internal;

/** Reads pinned snapshots for any feed, in the way the cursor says. Confined to one worker thread. */
@Internal
final class PinnedSnapshot {
    private final TableAccess table;
    private final ReadableKinds kinds;
    private final FileWeight weight;
    private final MergedPages merged;
    private final PlanDifference difference;

    PinnedSnapshot(TableAccess table, ReadableKinds kinds, HistoryRules rules, FileWeight weight) {
        this.table = table;
        this.kinds = kinds;
        this.weight = weight;
        this.merged = new MergedPages(new PlanReading(table, kinds));
        this.difference = new PlanDifference(table, kinds, rules, weight);
    }

    FeedPage read(FeedCursor cursor, Backfill backfill, int maxSplits) {
        return switch (backfill.way()) {
            case DELTAS -> new BackfillPage(table, kinds, weight, cursor, backfill).read(maxSplits);
            case MERGED -> merged.read(cursor, backfill, maxSplits);
            case CHANGES -> changes(cursor, backfill, maxSplits);
        };
    }

    private FeedPage changes(FeedCursor cursor, Backfill backfill, int maxSplits) {
        FeedPage page = difference.read(cursor, backfill.asOfNanos(), false, maxSplits);
        FeedCursor next = page.next();
        return page.caughtUp()
                ? new FeedPage(
                        page.slices(),
                        new FeedCursor(next.partitions(), next.partial(), null, next.handovers()),
                        true,
                        page.events())
                : page;
    }
}
