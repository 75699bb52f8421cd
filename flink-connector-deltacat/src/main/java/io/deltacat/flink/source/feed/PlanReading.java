package io.deltacat.flink.source.feed;

import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Walks over all pages of a plan of one snapshot. Confined to one worker thread. */
@Internal
final class PlanReading {
    private static final int FILES_PER_PAGE = 5_000;

    private final TableAccess table;
    private final ReadableKinds kinds;

    PlanReading(TableAccess table, ReadableKinds kinds) {
        this.table = table;
        this.kinds = kinds;
    }

    /** Returns the column whose statistics are wanted of every file. */
    Optional<EventTimeColumn> eventTime() {
        return table.eventTime();
    }

    /**
     * Visits the scan tasks of a snapshot; one delta may come in several tasks.
     *
     * @param asOfNanos the snapshot
     * @param only the one partition wanted, or null for all
     * @param visitor looks at each
     */
    void forEachTask(long asOfNanos, @Nullable PartitionRef only, TaskVisitor visitor) {
        long offset = 0;
        ReadPlan plan;
        do {
            plan = table.plan(asOfNanos, offset, FILES_PER_PAGE, only);
            for (ScanTask task : plan.scanTasks()) {
                DeltaRef delta = PlanTasks.ref(table.tableName(), task);
                if (only == null || only.equals(delta.partition())) {
                    visitor.visit(
                            delta, kinds.kind(table.tableName(), delta, task.deltaType()), task, plan.contentType());
                }
            }
            offset = PlanTasks.nextOffset(table.tableName(), plan, offset);
        } while (plan.truncated());
    }

    /** Looks at one scan task. */
    interface TaskVisitor {
        void visit(DeltaRef delta, DeltaKind kind, ScanTask task, @Nullable String contentType);
    }
}
