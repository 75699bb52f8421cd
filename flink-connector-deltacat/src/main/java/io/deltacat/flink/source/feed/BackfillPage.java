package io.deltacat.flink.source.feed;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.flink.source.DeltaCatSourceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a pinned snapshot. The files of a delta may go on on the next page, which only the next page tells, so
 * the last delta of a page stays open. Confined to one poll.
 */
@Internal
final class BackfillPage {
    private final TableAccess table;
    private final Backfill backfill;
    private final List<DeltaSlice> slices = new ArrayList<>();
    private final Coverage coverage;
    private @Nullable PartialDelta open;

    BackfillPage(TableAccess table, FeedCursor cursor, Backfill backfill) {
        this.table = table;
        this.backfill = backfill;
        this.coverage = new Coverage(cursor.partitions());
        this.open = cursor.partial();
    }

    FeedPage read(int maxFiles) {
        ReadPlan plan = table.plan(backfill.asOfNanos(), backfill.fileOffset(), maxFiles);
        if (plan.requiresMor()) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s has merge keys %s and must be merged when read; this source reads tables without merge keys. Read another table, or merge with the plain client."
                            .formatted(table.tableName(), plan.mergeKeys()));
        }
        for (ScanTask task : plan.scanTasks()) {
            take(task, plan.contentType());
        }
        if (plan.truncated()) {
            long next = PlanTasks.nextOffset(table.tableName(), plan, backfill.fileOffset());
            Backfill rest = new Backfill(backfill.asOfNanos(), next, backfill.base());
            return new FeedPage(slices, new FeedCursor(coverage.partitions(), open, rest), false);
        }
        close();
        return new FeedPage(slices, new FeedCursor(coverage.partitions(), null, null), true);
    }

    private void take(ScanTask task, @Nullable String contentType) {
        DeltaRef delta = PlanTasks.ref(table.tableName(), task);
        DeltaKind kind = WireFiles.insertOnlyKind(table.tableName(), delta, task.deltaType());
        PartialDelta before = open;
        int firstFile = 0;
        if (before != null && before.delta().equals(delta)) {
            firstFile = before.filesSeen();
        } else {
            close();
            if (base(delta).covers(kind, delta.position())) {
                return;
            }
        }
        List<SourceFile> files = new ArrayList<>(task.files().size());
        for (DataFile file : task.files()) {
            files.add(WireFiles.of(file, contentType));
        }
        DeltaSlice slice = new DeltaSlice(delta, kind, firstFile, files, false);
        slices.add(slice);
        open = new PartialDelta(delta, kind, slice.endFile());
    }

    /** Marks the open delta as complete: in its last slice if that is on this page, else by a slice without files. */
    private void close() {
        PartialDelta done = open;
        if (done == null) {
            return;
        }
        open = null;
        int last = slices.size() - 1;
        if (last >= 0 && slices.get(last).delta().equals(done.delta())) {
            DeltaSlice slice = slices.get(last);
            slices.set(last, new DeltaSlice(slice.delta(), slice.kind(), slice.firstFile(), slice.files(), true));
        } else {
            slices.add(new DeltaSlice(done.delta(), done.kind(), done.filesSeen(), List.of(), true));
        }
        coverage.cover(done.delta(), done.kind());
    }

    private PartitionCursor base(DeltaRef delta) {
        return backfill.base().getOrDefault(delta.partition(), PartitionCursor.START);
    }
}
