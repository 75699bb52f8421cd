package io.deltacat.flink.source.feed;

import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.flink.source.DeltaCatSourceException;
import org.apache.flink.annotation.Internal;

/** Checks what a read plan says before it is used. Pure. */
@Internal
final class PlanTasks {
    private PlanTasks() {}

    /**
     * Returns the delta behind a scan task.
     *
     * @param table table name, for the error text
     * @param task the task
     * @return its identity
     * @throws DeltaCatSourceException.UnsupportedTable when the server leaves the identity out
     */
    static DeltaRef ref(String table, ScanTask task) {
        String stream = task.streamId();
        String partition = task.partitionId();
        Long position = task.streamPosition();
        if (stream == null || partition == null || position == null) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s: the plan has a task without identity (stream '%s', partition '%s', position %s); expected all three. This server's tables can only be read bounded by the plain client."
                            .formatted(table, stream, partition, position));
        }
        return new DeltaRef(new PartitionRef(stream, partition), position);
    }

    /**
     * Returns where the next page starts.
     *
     * @param table table name, for the error text
     * @param plan the page
     * @param offset where this page started
     * @return offset of the next file, meaningful when the plan is truncated
     * @throws DeltaCatSourceException.UnsupportedTable when the plan is truncated and does not move on
     */
    static long nextOffset(String table, ReadPlan plan, long offset) {
        Long next = plan.nextFileOffset();
        if (!plan.truncated()) {
            return next == null ? offset + plan.returnedFiles() : next;
        }
        if (next == null || next <= offset) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s: the plan page at file %d is truncated and names %s as the next file; expected a larger number. This server cannot page plans; raise 'scan.discovery.max-pending-splits' above the table's number of files."
                            .formatted(table, offset, next));
        }
        return next;
    }
}
