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
    private final ReadableKinds kinds;
    private final FileWeight weight;
    private final FeedCursor cursor;
    private final Backfill backfill;
    private final List<DeltaSlice> slices = new ArrayList<>();
    private final Coverage coverage;
    private @Nullable PartialDelta open;
    private int room;
    private int filesTaken;

    BackfillPage(TableAccess table, ReadableKinds kinds, FileWeight weight, FeedCursor cursor, Backfill backfill) {
        this.table = table;
        this.kinds = kinds;
        this.weight = weight;
        this.cursor = cursor;
        this.backfill = backfill;
        this.coverage = new Coverage(cursor.partitions());
        this.open = cursor.partial();
    }

    FeedPage read(int maxSplits) {
        ReadPlan plan = table.plan(backfill.asOfNanos(), backfill.fileOffset(), maxSplits, null);
        room = maxSplits;
        if (plan.requiresMor() && kinds == ReadableKinds.INSERTS) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s has merge keys %s and must be merged when read, but the job was built for a table without merge keys. Build the job again."
                            .formatted(table.tableName(), plan.mergeKeys()));
        }
        for (ScanTask task : plan.scanTasks()) {
            if (!take(task, plan.contentType())) {
                return goOnAt(backfill.fileOffset() + filesTaken);
            }
        }
        if (plan.truncated()) {
            return goOnAt(PlanTasks.nextOffset(table.tableName(), plan, backfill.fileOffset()));
        }
        close();
        return new FeedPage(slices, new FeedCursor(coverage.partitions(), null, null, cursor.handovers()), true);
    }

    private FeedPage goOnAt(long fileOffset) {
        Backfill rest = new Backfill(backfill.asOfNanos(), fileOffset, backfill.base());
        return new FeedPage(slices, new FeedCursor(coverage.partitions(), open, rest, cursor.handovers()), false);
    }

    /** Takes the files of a task. Returns false when the budget ends inside it. */
    private boolean take(ScanTask task, @Nullable String contentType) {
        DeltaRef delta = PlanTasks.ref(table.tableName(), task);
        DeltaKind kind = kinds.kind(table.tableName(), delta, task.deltaType());
        PartialDelta before = open;
        int firstFile = 0;
        if (before != null && before.delta().equals(delta)) {
            firstFile = before.filesSeen();
        } else {
            close();
            if (base(delta).covers(kind, delta.position())) {
                filesTaken += task.files().size();
                return true;
            }
        }
        List<SourceFile> files = new ArrayList<>(task.files().size());
        for (DataFile file : task.files()) {
            SourceFile known = WireFiles.of(file, contentType, table.eventTime());
            if (room < weight.of(known) && filesTaken > 0) {
                break;
            }
            room -= weight.of(known);
            filesTaken++;
            files.add(known);
        }
        if (files.isEmpty() && !task.files().isEmpty()) {
            return false;
        }
        DeltaSlice slice = new DeltaSlice(delta, kind, firstFile, files, false);
        slices.add(slice);
        open = new PartialDelta(delta, kind, slice.endFile());
        return files.size() == task.files().size();
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
