package io.deltacat.flink.source.feed;

import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.flink.source.DeltaCatSourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Finds new deltas by listing streams, partitions and deltas, so a poll costs as much as there is new
 * (protocol/data-plane.md §6.1, §6.2). An idle poll is one request: a plan without files, whose snapshot id is compared.
 *
 * <p>Ordered deltas are those after the last known position. {@code add} deltas have random positions and leave the
 * partition's record untouched, so their headers are listed whenever the snapshot id moved, and the known ones are taken
 * away. Files of the new ones are then listed by position ranges. Partitions that ended are settled first.
 */
@Internal
public final class ListingFeed implements DeltaFeed {
    private final TableAccess table;
    private final DeltaListing listing;
    private final HistoryRules rules;
    private final FileWeight weight;
    private final PinnedSnapshot pinned;
    private final PlanDifference plans;
    private @Nullable String settledSnapshot;
    private @Nullable FeedCursor settledCursor;

    /**
     * Builds a feed over a server that can list deltas.
     *
     * @param table access to the table
     * @param kinds kinds of deltas that are expected
     * @param rules what to do when the past changed
     * @param weight what a file takes of the budget
     */
    public ListingFeed(TableAccess table, ReadableKinds kinds, HistoryRules rules, FileWeight weight) {
        this.table = Objects.requireNonNull(table, "table");
        this.listing = new DeltaListing(table, kinds);
        this.rules = Objects.requireNonNull(rules, "rules");
        this.pinned = new PinnedSnapshot(table, kinds, rules, weight);
        this.plans = new PlanDifference(table, kinds, rules, weight);
        this.weight = Objects.requireNonNull(weight, "weight");
    }

    @Override
    public FeedPage poll(FeedCursor cursor, int maxSplits) {
        Backfill backfill = cursor.backfill();
        if (backfill != null) {
            return pinned.read(cursor, backfill, maxSplits);
        }
        ReadPlan metadata = table.metadata();
        String snapshot = metadata.snapshotId();
        if (snapshot != null && snapshot.equals(settledSnapshot) && sameDiscovery(cursor)) {
            return new FeedPage(List.of(), cursor, true);
        }
        FilePaths paths = FilePaths.of(table.tableName(), metadata);
        LivePartitions live = LivePartitions.listed(table, listing);
        PageBuilder page = new PageBuilder(cursor, maxSplits, weight);
        boolean complete = new PartitionChanges(table, listing, rules, live, paths, page, this::cover).settle()
                && readLive(live, paths, page);
        boolean caughtUp = complete && !page.full();
        FeedPage result = page.build(caughtUp);
        settledSnapshot = caughtUp ? snapshot : null;
        settledCursor = caughtUp ? result.next() : null;
        return result;
    }

    /** Handovers are settled by whoever reads, and do not matter for what is new. */
    private boolean sameDiscovery(FeedCursor cursor) {
        FeedCursor settled = settledCursor;
        return settled != null && cursor.settled(any -> true).equals(settled.settled(any -> true));
    }

    /** Hands out what is new in live partitions. Returns false when a partition is to be looked at again. */
    private boolean readLive(LivePartitions live, FilePaths paths, PageBuilder page) {
        boolean complete = true;
        resumePartial(paths, page);
        for (Map.Entry<PartitionRef, PartitionSummary> entry :
                new ArrayList<>(live.partitions().entrySet())) {
            if (page.full()) {
                return false;
            }
            page.know(entry.getKey());
            complete &= orderedDeltas(entry.getKey(), entry.getValue(), paths, page);
            if (!page.full()) {
                complete &= addDeltas(entry.getKey(), paths, page);
            }
        }
        return complete;
    }

    @Override
    public FeedCursor skipToEnd() {
        PageBuilder page = new PageBuilder(FeedCursor.start(), 1, weight);
        LivePartitions.listed(table, listing).partitions().keySet().forEach(partition -> cover(page, partition));
        return page.cursor();
    }

    @Override
    public FeedCursor skipTo(long asOfNanos) {
        return plans.coveredAt(asOfNanos);
    }

    private void cover(PageBuilder page, PartitionRef partition) {
        page.know(partition);
        listing.headers(partition, (ref, kind, delta) -> {
            page.cover(ref, kind);
            return true;
        });
    }

    private void resumePartial(FilePaths paths, PageBuilder page) {
        PartialDelta begun = page.cursor().partial();
        if (begun == null) {
            return;
        }
        DeltaRef wanted = begun.delta();
        boolean[] found = new boolean[1];
        listing.files(wanted.partition(), wanted.position(), wanted.position(), (ref, kind, delta) -> {
            found[0] = true;
            page.offer(ref, begun.kind(), listing.filesOf(paths, ref, delta));
            return false;
        });
        if (!found[0]) {
            throw new DeltaCatSourceException.HistoryChanged(
                    "Table %s: delta %s is gone before all its files were read. Start the job without state from a snapshot."
                            .formatted(table.tableName(), wanted));
        }
    }

    private boolean orderedDeltas(PartitionRef partition, PartitionSummary summary, FilePaths paths, PageBuilder page) {
        long known = page.orderedPosition(partition);
        Long current = summary.streamPosition();
        if (current != null && current <= known) {
            return true;
        }
        PositionOrder order = new PositionOrder(table.tableName(), rules, page);
        boolean[] anew = new boolean[1];
        listing.ordered(partition, known, page.budget(), (ref, kind, delta) -> {
            if (!kind.ordered()) {
                return true;
            }
            if (!order.follows(ref, delta.previousStreamPosition())) {
                anew[0] = true;
                return false;
            }
            return page.offer(ref, kind, listing.filesOf(paths, ref, delta));
        });
        return !anew[0];
    }

    private boolean addDeltas(PartitionRef partition, FilePaths paths, PageBuilder page) {
        PositionSet known = page.cursor(partition).adds();
        List<Long> listed = new ArrayList<>();
        NewRuns runs = new NewRuns();
        boolean all = listing.addHeaders(partition, (ref, kind, delta) -> {
            boolean isNew = !known.contains(ref.position());
            if (!isNew) {
                listed.add(ref.position());
            }
            runs.next(ref.position(), isNew);
            return runs.newDeltas() <= page.budget();
        });
        if (all) {
            PositionOrder order = new PositionOrder(table.tableName(), rules, page);
            switch (order.stillThere(partition, known, PositionSet.empty().with(listed))) {
                case GO_ON -> {}
                case READ_ANEW -> {
                    return false;
                }
                case COVER_NOW -> {
                    cover(page, partition);
                    return true;
                }
            }
        }
        for (NewRuns.Run run : runs.runs()) {
            if (page.full()) {
                return true;
            }
            listing.files(
                    partition,
                    run.first(),
                    run.last(),
                    (ref, kind, delta) -> known.contains(ref.position())
                            || page.offer(ref, kind, listing.filesOf(paths, ref, delta)));
        }
        return true;
    }
}
