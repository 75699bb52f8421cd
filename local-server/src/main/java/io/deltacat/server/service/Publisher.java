package io.deltacat.server.service;

import io.deltacat.client.model.CommittedDeltaLocator;
import io.deltacat.client.model.CommittedDeltaLocatorBuilder;
import io.deltacat.client.model.DeltaType;
import io.deltacat.server.machine.ConflictRules;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.machine.TableTarget;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.WriteUnit;
import java.util.Optional;
import java.util.Set;

/** Puts staged deltas into their partitions, which makes them visible with the commit. Thread-safe. */
final class Publisher {
    private static final String STREAM_FORMAT = "deltacat";

    private final DeltaPlaces places;

    Publisher(ServiceContext context) {
        this.places = new DeltaPlaces(context);
    }

    /**
     * A commit that publishes.
     *
     * @param unit the change
     * @param transactionId transaction that commits
     * @param snapshotBefore what that transaction has seen; {@link Snapshot#LATEST} for all
     * @param replacedStreams ids of streams that the transaction itself replaces
     */
    record Commit(WriteUnit unit, String transactionId, long snapshotBefore, Set<String> replacedStreams) {
        boolean isUnseen(long changedAt) {
            return ConflictRules.changedUnseen(changedAt, snapshotBefore, unit.commitTime());
        }
    }

    /**
     * Publishes one delta.
     *
     * @param commit the commit
     * @param delta what to publish; its entries are stored
     * @param target its table, for names
     * @return where the delta is
     * @throws RefusedException if another commit came in between
     */
    CommittedDeltaLocator publish(Commit commit, StagedDelta delta, TableTarget target) {
        DeltaReads reads = commit.unit().view(Snapshot.latest()).deltas();
        StreamRow stream = stream(commit, reads, delta, target);
        Optional<PartitionRow> current =
                reads.partition(stream.streamId(), delta.partitionValues(), delta.partitionSchemeId());
        if (delta.replacesPartition()) {
            requireSamePartition(commit, reads, delta, current, target);
            current.ifPresent(commit.unit().deltas()::removePartition);
            current = Optional.empty();
        } else if (delta.deltaType().isOrdered()) {
            requireNoOther(commit, reads, delta, current, target);
        }
        StagedDelta.Place place = place(commit.unit(), reads, stream, delta, current);
        PartitionRow partition = current.orElseGet(() -> addPartition(commit.unit(), stream, delta, place));
        DeltaRow row = DeltaRow.of(delta, place, commit.unit().commitTime(), commit.transactionId());
        commit.unit().deltas().addDelta(row, PartitionProgress.after(reads.progress(partition.partitionKey()), row));
        return locator(row, stream, partition, target);
    }

    private StagedDelta.Place place(
            WriteUnit unit, DeltaReads reads, StreamRow stream, StagedDelta delta, Optional<PartitionRow> current) {
        if (current.isPresent()) {
            return places.behind(reads, current.get(), delta.deltaType());
        }
        return delta.place().newPartition()
                ? delta.place()
                : places.next(
                        unit,
                        reads,
                        stream.streamId(),
                        delta.partitionValues(),
                        delta.partitionSchemeId(),
                        delta.deltaType(),
                        false);
    }

    /** The stream to publish to: an unordered delta follows the table into a stream that replaced its own. */
    private static StreamRow stream(Commit commit, DeltaReads reads, StagedDelta delta, TableTarget target) {
        Optional<StreamRow> staged = reads.stream(delta.tableId(), delta.tableVersion(), delta.streamId());
        if (staged.isPresent()
                && (reads.isCurrent(staged.get()) || commit.replacedStreams().contains(delta.streamId()))) {
            return staged.get();
        }
        if (delta.deltaType() != DeltaType.ADD) {
            throw lost(commit, target, "");
        }
        return reads.currentStream(delta.tableId(), delta.tableVersion())
                .orElseThrow(() -> new IllegalStateException(
                        "table " + delta.tableId() + " version " + delta.tableVersion() + " has no stream"));
    }

    /**
     * Nobody else may have changed a partition that is replaced. The last change does not tell: it may be the transaction's own,
     * made a moment ago behind one that it never saw.
     */
    private static void requireSamePartition(
            Commit commit, DeltaReads reads, StagedDelta delta, Optional<PartitionRow> current, TableTarget target) {
        String id = current.map(PartitionRow::partitionId).orElse(null);
        boolean same = id == null
                ? delta.place().previousPartitionId() == null
                : id.equals(delta.place().previousPartitionId());
        Optional<DeltaRow> unseen = current.flatMap(row ->
                        reads
                                .deltasByCommit(row.partitionKey(), commit.snapshotBefore() - 1, Long.MAX_VALUE, 1)
                                .stream()
                                .findFirst())
                .filter(change -> commit.isUnseen(change.createdAt()));
        if (!same || unseen.isPresent()) {
            throw lost(commit, target, unseen.map(DeltaRow::transactionId).orElse(""));
        }
    }

    /** Nobody else may have written ordered deltas behind the ones that the transaction saw. */
    private static void requireNoOther(
            Commit commit, DeltaReads reads, StagedDelta delta, Optional<PartitionRow> current, TableTarget target) {
        Optional<PartitionProgress> progress = current.flatMap(row -> reads.progress(row.partitionKey()));
        String seen = delta.place().partitionId();
        boolean gone = !delta.place().newPartition()
                && current.filter(row -> isOrWas(reads, row, seen)).isEmpty()
                && reads.partitionById(delta.streamId(), seen).isPresent();
        long orderedAt = progress.map(PartitionProgress::orderedAt).orElse(0L);
        if (gone || commit.isUnseen(orderedAt)) {
            throw lost(commit, target, winner(reads, current, progress));
        }
    }

    /** Whether a partition is the one of that id, or was made from it by compactions alone. */
    private static boolean isOrWas(DeltaReads reads, PartitionRow partition, String partitionId) {
        Optional<PartitionRow> row = Optional.of(partition);
        while (row.isPresent()) {
            PartitionRow known = row.get();
            String previous = known.previousPartitionId();
            if (known.partitionId().equals(partitionId)) {
                return true;
            }
            row = known.completionInfo() == null || previous == null
                    ? Optional.empty()
                    : reads.partitionById(known.streamId(), previous);
        }
        return false;
    }

    private static String winner(
            DeltaReads reads, Optional<PartitionRow> partition, Optional<PartitionProgress> progress) {
        Long ordered = progress.map(PartitionProgress::orderedPosition).orElse(null);
        if (partition.isEmpty() || ordered == null) {
            return "";
        }
        return reads.delta(partition.get().partitionKey(), ordered)
                .map(DeltaRow::transactionId)
                .orElse("");
    }

    private static RefusedException lost(Commit commit, TableTarget target, String winner) {
        return ConflictRules.lost(target.namespace() + "." + target.table(), commit.transactionId(), winner)
                .asException();
    }

    private static PartitionRow addPartition(
            WriteUnit unit, StreamRow stream, StagedDelta delta, StagedDelta.Place place) {
        PartitionRow row = new PartitionRow(
                place.partitionKey(),
                place.partitionId(),
                stream.streamId(),
                delta.partitionValues(),
                delta.partitionSchemeId(),
                place.previousPartitionId(),
                null);
        unit.deltas().addPartition(row);
        return row;
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
