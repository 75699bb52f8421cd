package io.deltacat.flink.source.feed;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.flink.source.DeltaCatSourceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Finds new deltas by comparing read plans with the cursor, by delta identity (protocol/data-plane.md §8). Works with every
 * server, at a cost proportional to the table when something changed; an idle poll is one request.
 *
 * <p>A cursor that knows nothing starts with a backfill: the pages of one pinned snapshot, each handed out as it comes, so
 * neither heap nor requests grow with the table for one poll. While a cursor is {@link FeedCursor#pinnedAt pinned}, the feed
 * yields that snapshot only and is caught up at its end; that is how bounded reads use it.
 */
@Internal
public final class PlanFeed implements DeltaFeed {
    private static final int FILES_PER_DIFF_PAGE = 5_000;

    private final TableAccess table;
    private @Nullable String settledSnapshot;
    private @Nullable FeedCursor settledCursor;

    /**
     * Builds a feed.
     *
     * @param table access to the table
     */
    public PlanFeed(TableAccess table) {
        this.table = Objects.requireNonNull(table, "table");
    }

    @Override
    public FeedPage poll(FeedCursor cursor, int maxFiles) {
        if (cursor.backfill() != null) {
            return new BackfillPage(table, cursor, cursor.backfill()).read(maxFiles);
        }
        String snapshot = table.metadata().snapshotId();
        if (snapshot != null && snapshot.equals(settledSnapshot) && cursor.equals(settledCursor)) {
            return new FeedPage(List.of(), cursor, true);
        }
        boolean nothingKnown = cursor.partitions().isEmpty() && cursor.partial() == null;
        FeedPage result = nothingKnown
                ? poll(cursor.pinnedAt(table.snapshotTimeNanos()), maxFiles)
                : difference(cursor, maxFiles);
        settledSnapshot = result.caughtUp() ? snapshot : null;
        settledCursor = result.caughtUp() ? result.next() : null;
        return result;
    }

    @Override
    public FeedCursor skipToEnd() {
        PageBuilder page = new PageBuilder(FeedCursor.start(), 1);
        forEachTask((delta, kind, task, contentType) -> page.cover(delta, kind));
        return page.cursor();
    }

    private FeedPage difference(FeedCursor cursor, int maxFiles) {
        NewDeltas found = new NewDeltas(cursor, maxFiles);
        Set<PartitionRef> live = new HashSet<>();
        forEachTask((delta, kind, task, contentType) -> {
            live.add(delta.partition());
            found.see(delta, kind, task.files(), contentType);
        });
        cursor.partitions().forEach((partition, known) -> {
            if (!live.contains(partition) && !known.equals(PartitionCursor.START)) {
                throw new DeltaCatSourceException.HistoryChanged(
                        "Table %s: partition %s, read up to position %d, is gone from the plan; its data was replaced, truncated or compacted. Start the job without state from a snapshot."
                                .formatted(table.tableName(), partition, known.orderedPosition()));
            }
        });
        cursor.unfinishedDelta().ifPresent(partial -> {
            if (found.filesOfBegun() < partial.filesSeen()) {
                throw new DeltaCatSourceException.HistoryChanged(
                        "Table %s: delta %s is gone before all its files were read. Start the job without state from a snapshot."
                                .formatted(table.tableName(), partial.delta()));
            }
        });
        PageBuilder page = new PageBuilder(cursor, maxFiles);
        found.handOut(page);
        return page.build(!page.full() && found.complete());
    }

    private void forEachTask(TaskVisitor visitor) {
        long asOfNanos = table.snapshotTimeNanos();
        long offset = 0;
        ReadPlan plan;
        do {
            plan = table.plan(asOfNanos, offset, FILES_PER_DIFF_PAGE);
            for (ScanTask task : plan.scanTasks()) {
                DeltaRef delta = PlanTasks.ref(table.tableName(), task);
                visitor.visit(
                        delta,
                        WireFiles.insertOnlyKind(table.tableName(), delta, task.deltaType()),
                        task,
                        plan.contentType());
            }
            offset = PlanTasks.nextOffset(table.tableName(), plan, offset);
        } while (plan.truncated());
    }

    /** Looks at one scan task. */
    private interface TaskVisitor {
        void visit(DeltaRef delta, DeltaKind kind, ScanTask task, @Nullable String contentType);
    }

    /**
     * The new deltas of one comparison, lowest positions first, with at most about two budgets of files held. What is beyond
     * is left for the next poll: from the lowest delta dropped on, nothing of this comparison is used.
     */
    private static final class NewDeltas {
        private final FeedCursor cursor;
        private final @Nullable DeltaRef begun;
        private final int maxFiles;
        private final TreeMap<DeltaRef, Found> found = new TreeMap<>();
        private final List<SourceFile> rest = new ArrayList<>();
        private int filesHeld;
        private @Nullable DeltaRef dropped;

        NewDeltas(FeedCursor cursor, int maxFiles) {
            this.cursor = cursor;
            this.begun = cursor.unfinishedDelta().map(PartialDelta::delta).orElse(null);
            this.maxFiles = maxFiles;
        }

        void see(DeltaRef delta, DeltaKind kind, List<DataFile> files, @Nullable String contentType) {
            if (cursor.partition(delta.partition()).covers(kind, delta.position())
                    || (dropped != null && dropped.compareTo(delta) <= 0 && !delta.equals(begun))) {
                return;
            }
            List<SourceFile> known = delta.equals(begun)
                    ? rest
                    : found.computeIfAbsent(delta, key -> new Found(kind, new ArrayList<>()))
                            .files();
            for (DataFile file : files) {
                known.add(WireFiles.of(file, contentType));
            }
            if (delta.equals(begun)) {
                return;
            }
            filesHeld += files.size();
            while (filesHeld > 2L * maxFiles && found.size() > 1) {
                Map.Entry<DeltaRef, Found> highest = found.pollLastEntry();
                filesHeld -= highest.getValue().files().size();
                dropped = highest.getKey();
            }
        }

        int filesOfBegun() {
            return rest.size();
        }

        boolean complete() {
            return dropped == null;
        }

        void handOut(PageBuilder page) {
            PartialDelta partial = cursor.partial();
            if (partial != null && !page.offer(partial.delta(), partial.kind(), rest)) {
                return;
            }
            for (Map.Entry<DeltaRef, Found> entry : found.entrySet()) {
                if (!page.offer(
                        entry.getKey(),
                        entry.getValue().kind(),
                        entry.getValue().files())) {
                    return;
                }
            }
        }
    }

    /** Files of one new delta. */
    private record Found(DeltaKind kind, List<SourceFile> files) {}
}
