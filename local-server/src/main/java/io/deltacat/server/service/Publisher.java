package io.deltacat.server.service;

import io.deltacat.client.model.CommittedDeltaLocator;
import io.deltacat.client.model.CommittedDeltaLocatorBuilder;
import io.deltacat.server.machine.ConflictRules;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.machine.TableTarget;
import io.deltacat.server.machine.WriteRules;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.WriteUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gives staged deltas their partition and position, which makes them visible with the commit. Thread-safe. */
final class Publisher {
    private static final String STREAM_FORMAT = "deltacat";

    private final ServiceContext context;

    Publisher(ServiceContext context) {
        this.context = context;
    }

    /**
     * Publishes one delta.
     *
     * @param unit the commit
     * @param delta what to publish; its entries are stored
     * @param target its table, for names
     * @param transactionId transaction that commits
     * @param snapshotBefore what that transaction has seen
     * @return where the delta is
     * @throws io.deltacat.server.machine.RefusedException if another commit came in between
     */
    CommittedDeltaLocator publish(
            WriteUnit unit, StagedDelta delta, TableTarget target, String transactionId, long snapshotBefore) {
        DeltaReads reads =
                unit.view(Snapshot.latest().withTransaction(transactionId)).deltas();
        StreamRow stream = reads.currentStream(delta.tableId(), delta.tableVersion())
                .orElseThrow(() -> new IllegalStateException(
                        "table " + delta.tableId() + " version " + delta.tableVersion() + " has no stream"));
        PartitionRow partition = reads.partition(stream.streamId(), delta.partitionValues())
                .orElseGet(() -> addPartition(unit, stream, delta));
        Optional<PartitionProgress> before = reads.progress(partition.partitionKey());
        long orderedAt = before.map(PartitionProgress::orderedAt).orElse(0L);
        if (ConflictRules.conflicts(delta.deltaType(), orderedAt, snapshotBefore, unit.commitTime())) {
            long lastOrdered = before.map(PartitionProgress::orderedPosition).orElse(0L);
            String winner = reads.delta(partition.partitionKey(), lastOrdered)
                    .map(DeltaRow::transactionId)
                    .orElse("");
            throw ConflictRules.lost(target.namespace() + "." + target.table(), transactionId, winner)
                    .asException();
        }
        DeltaRow row = place(unit, reads, partition, before, delta, transactionId);
        unit.deltas().addDelta(row, advance(before, row));
        return locator(row, stream, partition, target);
    }

    private PartitionRow addPartition(WriteUnit unit, StreamRow stream, StagedDelta delta) {
        PartitionRow row = new PartitionRow(
                unit.newKey(),
                context.newId(),
                stream.streamId(),
                delta.partitionValues(),
                delta.partitionSchemeId(),
                null,
                null);
        unit.deltas().addPartition(row);
        return row;
    }

    private DeltaRow place(
            WriteUnit unit,
            DeltaReads reads,
            PartitionRow partition,
            Optional<PartitionProgress> before,
            StagedDelta delta,
            String transactionId) {
        Long last = before.map(PartitionProgress::orderedPosition).orElse(null);
        boolean ordered = delta.deltaType().isOrdered();
        long position = ordered
                ? WriteRules.nextOrderedPosition(last == null ? 0 : last)
                : freePosition(reads, partition.partitionKey());
        return new DeltaRow(
                partition.partitionKey(),
                position,
                delta.deltaKey(),
                ordered ? last : null,
                delta.deltaType(),
                unit.commitTime(),
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

    private long freePosition(DeltaReads reads, long partitionKey) {
        while (true) {
            long candidate;
            synchronized (context.random()) {
                candidate = WriteRules.unorderedPosition(context.random());
            }
            if (reads.delta(partitionKey, candidate).isEmpty()) {
                return candidate;
            }
        }
    }

    private static PartitionProgress advance(Optional<PartitionProgress> before, DeltaRow delta) {
        boolean ordered = delta.deltaType().isOrdered();
        String chain = before.map(PartitionProgress::chain).orElse("");
        return new PartitionProgress(
                before.map(PartitionProgress::revision).orElse(0L) + 1,
                delta.transactionId(),
                delta.createdAt(),
                ordered
                        ? Long.valueOf(delta.streamPosition())
                        : before.map(PartitionProgress::orderedPosition).orElse(null),
                ordered
                        ? delta.createdAt()
                        : before.map(PartitionProgress::orderedAt).orElse(0L),
                before.map(PartitionProgress::entries).orElse(0L) + delta.entryCount(),
                before.map(PartitionProgress::records).orElse(0L) + delta.recordCount(),
                before.map(PartitionProgress::bytes).orElse(0L) + delta.contentLength(),
                contentTypes(before, delta.contentType()),
                before.map(PartitionProgress::merges).orElse(false)
                        || delta.deltaType().needsMerge(),
                ReplyCodec.digest(chain + "|" + delta.streamPosition() + "|" + delta.fingerprint()));
    }

    private static List<String> contentTypes(Optional<PartitionProgress> before, String contentType) {
        Set<String> types =
                new TreeSet<>(before.map(PartitionProgress::contentTypes).orElse(List.of()));
        types.add(contentType);
        return List.copyOf(types);
    }

    private static CommittedDeltaLocator locator(
            DeltaRow row, StreamRow stream, PartitionRow partition, TableTarget target) {
        return CommittedDeltaLocatorBuilder.builder()
                .namespace(target.namespace())
                .table(target.table())
                .tableVersion(stream.tableVersion())
                .streamId(stream.streamId())
                .streamFormat(STREAM_FORMAT)
                .partitionId(partition.partitionId())
                .partitionValues(PartitionValues.decode(partition.partitionValues()))
                .streamPosition(row.streamPosition())
                .previousStreamPosition(row.previousStreamPosition())
                .deltaType(row.deltaType().wireName())
                .manifestId(row.manifestId())
                .contentFingerprint(row.fingerprint())
                .build();
    }
}
