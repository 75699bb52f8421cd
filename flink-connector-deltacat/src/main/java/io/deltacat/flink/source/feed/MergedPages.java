package io.deltacat.flink.source.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ScanTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Hands out a pinned snapshot partition by partition, each with all its files, to be merged by key by one reader. Memory is
 * that of the partitions of one page. Confined to one worker thread.
 */
@Internal
final class MergedPages {
    private static final String EQUALITY = "equality_field_locators";

    private final PlanReading plans;
    private @Nullable SortedSet<PartitionRef> partitions;
    private long partitionsAsOf;

    MergedPages(PlanReading plans) {
        this.plans = plans;
    }

    /** Reads one page: partitions up to the budget of files, at least one. */
    FeedPage read(FeedCursor cursor, Backfill backfill, int maxFiles) {
        List<DeltaSlice> slices = new ArrayList<>();
        Coverage coverage = new Coverage(cursor.partitions());
        PartitionRef upTo = backfill.mergedUpTo();
        int files = 0;
        for (PartitionRef partition : partitionsAsOf(backfill.asOfNanos())) {
            if (upTo != null && partition.compareTo(upTo) <= 0) {
                continue;
            }
            if (files >= maxFiles) {
                Backfill rest = new Backfill(backfill.asOfNanos(), 0, backfill.base(), Backfill.Way.MERGED, upTo);
                return new FeedPage(
                        slices, new FeedCursor(coverage.partitions(), null, rest, cursor.handovers()), false);
            }
            files += handOut(partition, backfill.asOfNanos(), slices, coverage);
            upTo = partition;
        }
        return new FeedPage(slices, new FeedCursor(coverage.partitions(), null, null, cursor.handovers()), true);
    }

    private int handOut(PartitionRef partition, long asOfNanos, List<DeltaSlice> slices, Coverage coverage) {
        List<MergedFile> files = new ArrayList<>();
        long[] last = {0};
        plans.forEachTask(asOfNanos, partition, (delta, kind, task, contentType) -> {
            coverage.cover(delta, kind);
            if (kind.ordered()) {
                last[0] = Math.max(last[0], delta.position());
            }
            for (DataFile file : task.files()) {
                files.add(new MergedFile(
                        kind,
                        delta.position(),
                        equalityColumns(task),
                        WireFiles.of(file, contentType, plans.eventTime())));
            }
        });
        files.sort(Comparator.comparingLong(MergedFile::position));
        if (!files.isEmpty()) {
            slices.add(DeltaSlice.ofMerged(new DeltaRef(partition, last[0]), files));
        }
        return Math.max(1, files.size());
    }

    private SortedSet<PartitionRef> partitionsAsOf(long asOfNanos) {
        SortedSet<PartitionRef> known = partitions;
        if (known == null || partitionsAsOf != asOfNanos) {
            SortedSet<PartitionRef> found = new TreeSet<>();
            plans.forEachTask(asOfNanos, null, (delta, kind, task, contentType) -> found.add(delta.partition()));
            known = found;
            partitions = found;
            partitionsAsOf = asOfNanos;
        }
        return known;
    }

    /** Returns the columns by which a delete says what it deletes; empty when the task does not say. */
    static List<String> equalityColumns(ScanTask task) {
        Map<String, JsonNode> parameters = task.entryParams();
        JsonNode locators = parameters == null ? null : parameters.get(EQUALITY);
        List<String> columns = new ArrayList<>();
        if (locators != null && locators.isArray()) {
            for (JsonNode locator : locators) {
                JsonNode name = locator.isArray() && locator.size() == 1 ? locator.get(0) : locator;
                if (name.isTextual()) {
                    columns.add(name.textValue());
                }
            }
        }
        return columns;
    }
}
