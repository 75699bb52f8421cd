package io.deltacat.flink.source.feed;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.PartitionDetail;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.PartitionSummaryBuilder;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.HistoryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the deltas of a snapshot that a cursor does not cover, lowest positions first, with about two budgets of files
 * held. Partitions that the cursor knows and the snapshot lacks are settled before anything else. Confined to one worker
 * thread.
 */
@Internal
final class PlanDifference {
    private final TableAccess table;
    private final DeltaListing listing;
    private final HistoryRules rules;
    private final FileWeight weight;
    private final PlanReading plans;

    PlanDifference(TableAccess table, ReadableKinds kinds, HistoryRules rules, FileWeight weight) {
        this.table = table;
        this.listing = new DeltaListing(table, kinds);
        this.rules = rules;
        this.weight = weight;
        this.plans = new PlanReading(table, kinds);
    }

    /**
     * Compares.
     *
     * @param cursor what is covered
     * @param asOfNanos the snapshot
     * @param current whether the snapshot is the table as it is now, so that partitions may be listed
     * @param maxSplits the budget
     */
    FeedPage read(FeedCursor cursor, long asOfNanos, boolean current, int maxSplits) {
        NewDeltas found = new NewDeltas(cursor, maxSplits, table.eventTime());
        SortedSet<PartitionRef> planned = new TreeSet<>();
        plans.forEachTask(asOfNanos, null, (delta, kind, task, contentType) -> {
            planned.add(delta.partition());
            found.see(delta, kind, task.files(), contentType);
        });
        PageBuilder page = new PageBuilder(cursor, maxSplits, weight);
        Set<PartitionRef> missing = cursor.partitions().entrySet().stream()
                .filter(known -> !planned.contains(known.getKey()))
                .filter(known -> !known.getValue().equals(PartitionCursor.START)
                        || page.begun(known.getKey()).isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        page.begun()
                .map(open -> open.delta().partition())
                .filter(partition -> !planned.contains(partition))
                .ifPresent(missing::add);
        if (!missing.isEmpty()) {
            settle(missing, planned, asOfNanos, current, page);
            return page.build(false);
        }
        cursor.unfinishedDelta().ifPresent(partial -> {
            if (found.filesOfBegun() < partial.filesSeen()) {
                throw new DeltaCatSourceException.HistoryChanged(
                        "Table %s: delta %s is gone before all its files were read. Start the job without state from a snapshot."
                                .formatted(table.tableName(), partial.delta()));
            }
        });
        found.handOut(page);
        return page.build(!page.full() && found.complete());
    }

    /** Covers what a snapshot holds. */
    FeedCursor coveredAt(long asOfNanos) {
        PageBuilder page = new PageBuilder(FeedCursor.start(), 1, weight);
        plans.forEachTask(asOfNanos, null, (delta, kind, task, contentType) -> page.cover(delta, kind));
        return page.cursor();
    }

    private void settle(
            Set<PartitionRef> missing,
            SortedSet<PartitionRef> planned,
            long asOfNanos,
            boolean current,
            PageBuilder page) {
        LivePartitions live =
                current ? LivePartitions.listedOr(planned, table, listing) : described(planned, page.known());
        for (PartitionRef partition : missing) {
            if (live.contains(partition)) {
                emptied(partition, page);
            }
        }
        new PartitionChanges(
                        table,
                        listing,
                        rules,
                        live,
                        FilePaths.of(table.tableName(), table.metadata()),
                        page,
                        (target, partition) -> plans.forEachTask(
                                asOfNanos, partition, (delta, kind, task, contentType) -> target.cover(delta, kind)))
                .settle();
    }

    private void emptied(PartitionRef partition, PageBuilder page) {
        String what = "Partition %s was read up to position %d, and it has no files any more"
                .formatted(partition, page.orderedPosition(partition));
        if (rules.onReplace() == HistoryPolicy.FAIL) {
            throw new DeltaCatSourceException.HistoryChanged(
                    "Table %s: %s. Start the job without state from a snapshot, or set 'scan.on-replace' to resnapshot or skip."
                            .formatted(table.tableName(), what));
        }
        page.reset(partition, PartitionCursor.START);
        page.note(new HistoryEvent(HistoryEvent.Kind.REPLACED, partition, 0, what + "; policy " + rules.onReplace()));
    }

    /** The partitions of a past snapshot, with what led to those that are new. */
    private LivePartitions described(SortedSet<PartitionRef> planned, Set<PartitionRef> known) {
        SortedMap<PartitionRef, PartitionSummary> live = new TreeMap<>();
        String stream = "none";
        for (PartitionRef partition : planned) {
            @Nullable
            PartitionDetail detail = known.contains(partition)
                    ? null
                    : table.partition(partition).orElse(null);
            live.put(
                    partition,
                    PartitionSummaryBuilder.builder()
                            .streamId(partition.streamId())
                            .partitionId(partition.partitionId())
                            .previousPartitionId(detail == null ? null : detail.previousPartitionId())
                            .partitionValues(detail == null ? null : detail.partitionValues())
                            .build());
            stream = partition.streamId();
        }
        return new LivePartitions(stream, live);
    }

    /**
     * The new deltas of one comparison. What is beyond two budgets is left for the next poll: from the lowest delta dropped
     * on, nothing of this comparison is used.
     */
    private static final class NewDeltas {
        private final FeedCursor cursor;
        private final @Nullable DeltaRef begun;
        private final int maxSplits;
        private final Optional<EventTimeColumn> eventTime;
        private final TreeMap<DeltaRef, Found> found = new TreeMap<>();
        private final List<SourceFile> rest = new ArrayList<>();
        private int filesHeld;
        private @Nullable DeltaRef dropped;

        NewDeltas(FeedCursor cursor, int maxSplits, Optional<EventTimeColumn> eventTime) {
            this.eventTime = eventTime;
            this.cursor = cursor;
            this.begun = cursor.unfinishedDelta().map(PartialDelta::delta).orElse(null);
            this.maxSplits = maxSplits;
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
                known.add(WireFiles.of(file, contentType, eventTime));
            }
            if (delta.equals(begun)) {
                return;
            }
            filesHeld += files.size();
            while (filesHeld > 2L * maxSplits && found.size() > 1) {
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
