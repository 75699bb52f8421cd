package io.deltacat.server.service;

import io.deltacat.server.machine.ConflictRules;
import io.deltacat.server.machine.Lifecycle;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.TableVersionRow;
import io.deltacat.server.store.WriteUnit;
import java.util.List;
import java.util.Optional;

/**
 * Empties a table version or takes it back to what it was. Both give it a new stream, which names the old one as its predecessor;
 * readers of history, and of plans made before, are not touched. Thread-safe.
 */
final class TableContents {
    private static final int PAGE = 1_000;

    private final ServiceContext context;

    TableContents(ServiceContext context) {
        this.context = context;
    }

    /** Empties a version. An empty one stays as it is. */
    void truncate(WriteUnit unit, TableLookup found, TransactionScope.Mutation mutation) {
        requireWritable(found);
        DeltaReads reads = unit.view(mutation.snapshot()).deltas();
        StreamRow current = current(reads, found.version());
        if (!reads.partitions(current.streamId(), 0, 1).isEmpty()) {
            replaceStream(unit, found, current, mutation.transactionId());
        }
    }

    /**
     * Takes the contents of a version back; its schema, schemes and properties stay as they are now.
     *
     * @param asOf nanoseconds since the epoch; commits before it count
     */
    void rollBack(WriteUnit unit, TableLookup found, long asOf, String transactionId) {
        requireWritable(found);
        TableVersionRow version = found.version();
        ReadView then = unit.view(Snapshot.before(asOf));
        boolean existed = then.catalog()
                .version(version.tableId(), version.tableVersion())
                .isPresent();
        if (!existed) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "field 'as_of' is " + asOf + ", when version '" + version.tableVersion() + "' of table '"
                                    + found.table().namespace() + "."
                                    + found.table().name()
                                    + "' did not exist yet; choose a later time or truncate the table")
                    .with("field", "as_of")
                    .with("as_of", asOf)
                    .asException();
        }
        DeltaReads now = unit.view(Snapshot.latest()).deltas();
        StreamRow current = current(now, version);
        StreamRow past = current(then.deltas(), version);
        String streamId = replaceStream(unit, found, current, "");
        long after = 0;
        boolean more = true;
        while (more) {
            List<PartitionRow> page = then.deltas().partitions(past.streamId(), after, PAGE);
            for (PartitionRow partition : page) {
                after = partition.partitionKey();
                copy(unit, then.deltas(), partition, streamId, transactionId);
            }
            more = page.size() == PAGE;
        }
    }

    /** Puts a partition as it was into another stream; manifests are shared, they never change. */
    private void copy(WriteUnit unit, DeltaReads then, PartitionRow partition, String streamId, String transactionId) {
        if (then.progress(partition.partitionKey()).isEmpty()) {
            return;
        }
        PartitionRow copy = new PartitionRow(
                unit.newKey(),
                context.newId(),
                streamId,
                partition.partitionValues(),
                partition.partitionSchemeId(),
                partition.partitionId(),
                null); // no compaction made it: what is read from it is not what was read before
        unit.deltas().addPartition(copy);
        Optional<PartitionProgress> progress = Optional.empty();
        long afterTime = -1;
        long afterPosition = 0;
        boolean more = true;
        while (more) {
            List<DeltaRow> page = then.deltasByCommit(partition.partitionKey(), afterTime, afterPosition, PAGE);
            for (DeltaRow delta : page) {
                afterTime = delta.createdAt();
                afterPosition = delta.streamPosition();
                DeltaRow moved = moved(delta, copy.partitionKey(), unit.commitTime(), transactionId);
                progress = Optional.of(PartitionProgress.after(progress, moved));
                unit.deltas().addDelta(moved, progress.get());
            }
            more = page.size() == PAGE;
        }
    }

    private static DeltaRow moved(DeltaRow delta, long partitionKey, long createdAt, String transactionId) {
        return new DeltaRow(
                partitionKey,
                delta.streamPosition(),
                delta.deltaKey(),
                delta.previousStreamPosition(),
                delta.deltaType(),
                createdAt,
                transactionId,
                delta.sessionId(),
                delta.manifestId(),
                delta.contentType(),
                delta.entryCount(),
                delta.recordCount(),
                delta.contentLength(),
                delta.fingerprint(),
                delta.equalityFields());
    }

    private String replaceStream(WriteUnit unit, TableLookup found, StreamRow current, String transactionId) {
        if (!unit.deltas().removeStream(current, transactionId)) {
            throw ConflictRules.unsettled(
                            found.table().namespace() + "." + found.table().name())
                    .asException();
        }
        String streamId = context.newId();
        TableVersionRow version = found.version();
        unit.deltas()
                .addStream(
                        new StreamRow(0, streamId, version.tableId(), version.tableVersion(), current.streamId()),
                        transactionId);
        return streamId;
    }

    private static StreamRow current(DeltaReads reads, TableVersionRow version) {
        return reads.currentStream(version.tableId(), version.tableVersion())
                .orElseThrow(() -> new IllegalStateException("table " + version.tableId() + " has no stream"));
    }

    private static void requireWritable(TableLookup found) {
        Lifecycle.requireWritable(
                found.table().namespace() + "." + found.table().name(),
                found.version().tableVersion(),
                found.version().lifecycleState());
    }
}
