package io.deltacat.server.store;

import io.deltacat.server.machine.StagedDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lays what a running transaction attached over what is committed: its deltas, the partitions it makes and the ones it
 * replaces. Staged deltas come after all committed ones. Valid as long as the view below.
 */
public final class StagedDeltaReads implements DeltaReads {
    /** Commit time that staged deltas show: later than every commit. */
    public static final long STAGED_AT = Snapshot.LATEST;

    private final DeltaReads committed;
    private final String transactionId;
    private final Map<Long, List<StagedDelta>> deltasByPartition = new LinkedHashMap<>();
    private final Map<Long, PartitionRow> newPartitions = new LinkedHashMap<>();
    private final Set<String> replacedPartitions = new HashSet<>();

    /**
     * The overlay.
     *
     * @param committed what is committed at the snapshot
     * @param transactionId the transaction
     * @param staged what it attached, in order
     */
    public StagedDeltaReads(DeltaReads committed, String transactionId, List<StagedDelta> staged) {
        this.committed = committed;
        this.transactionId = transactionId;
        for (StagedDelta delta : staged) {
            StagedDelta.Place place = delta.place();
            deltasByPartition
                    .computeIfAbsent(place.partitionKey(), key -> new ArrayList<>())
                    .add(delta);
            if (place.newPartition()) {
                newPartitions.put(
                        place.partitionKey(),
                        new PartitionRow(
                                place.partitionKey(),
                                place.partitionId(),
                                delta.streamId(),
                                delta.partitionValues(),
                                delta.partitionSchemeId(),
                                place.previousPartitionId(),
                                null));
                String previous = place.previousPartitionId();
                if (previous != null) {
                    replacedPartitions.add(previous);
                }
            }
        }
    }

    @Override
    public Optional<StreamRow> currentStream(String tableId, String tableVersion) {
        return committed.currentStream(tableId, tableVersion);
    }

    @Override
    public Optional<StreamRow> stream(String tableId, String tableVersion, String streamId) {
        return committed.stream(tableId, tableVersion, streamId);
    }

    @Override
    public boolean isCurrent(StreamRow stream) {
        return committed.isCurrent(stream);
    }

    @Override
    public List<PartitionRow> partitions(String streamId, long afterKey, int limit) {
        List<PartitionRow> rows =
                new ArrayList<>(committed.partitions(streamId, afterKey, limit + replacedPartitions.size()));
        newPartitions.values().stream()
                .filter(row -> row.streamId().equals(streamId) && row.partitionKey() > afterKey)
                .forEach(rows::add);
        return rows.stream()
                .filter(row -> !replacedPartitions.contains(row.partitionId()))
                .sorted(Comparator.comparingLong(PartitionRow::partitionKey))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<PartitionRow> partition(
            String streamId, String partitionValues, @Nullable String partitionSchemeId) {
        return partitionsOf(streamId, partitionValues).stream()
                .filter(row -> Objects.equals(row.partitionSchemeId(), partitionSchemeId))
                .findFirst();
    }

    @Override
    public List<PartitionRow> partitionsOf(String streamId, String partitionValues) {
        return Stream.concat(
                        newPartitions.values().stream()
                                .filter(row -> row.streamId().equals(streamId)
                                        && row.partitionValues().equals(partitionValues)),
                        committed.partitionsOf(streamId, partitionValues).stream())
                .filter(row -> !replacedPartitions.contains(row.partitionId()))
                .toList();
    }

    @Override
    public Optional<PartitionRow> partitionById(String streamId, String partitionId) {
        return newPartitions.values().stream()
                .filter(row ->
                        row.streamId().equals(streamId) && row.partitionId().equals(partitionId))
                .findFirst()
                .or(() -> committed.partitionById(streamId, partitionId));
    }

    @Override
    public Optional<PartitionRow> partitionByKey(long partitionKey) {
        PartitionRow own = newPartitions.get(partitionKey);
        return own == null ? committed.partitionByKey(partitionKey) : Optional.of(own);
    }

    @Override
    public Optional<StreamRow> streamById(String streamId) {
        return committed.streamById(streamId);
    }

    @Override
    public List<PartitionChange> changes(PartitionChange after, int limit) {
        return committed.changes(after, limit);
    }

    @Override
    public boolean isCurrent(PartitionRow partition) {
        return !replacedPartitions.contains(partition.partitionId())
                && (newPartitions.containsKey(partition.partitionKey()) || committed.isCurrent(partition));
    }

    @Override
    public DeltaSums sums(long partitionKey) {
        DeltaSums sums = committed.sums(partitionKey);
        for (DeltaRow delta : staged(partitionKey)) {
            sums = new DeltaSums(
                    sums.deltas() + 1,
                    sums.entries() + delta.entryCount(),
                    sums.records() + delta.recordCount(),
                    sums.bytes() + delta.contentLength());
        }
        return sums;
    }

    @Override
    public Optional<PartitionProgress> progress(long partitionKey) {
        Optional<PartitionProgress> progress = committed.progress(partitionKey);
        for (DeltaRow delta : staged(partitionKey)) {
            progress = Optional.of(PartitionProgress.after(progress, delta));
        }
        return progress;
    }

    @Override
    public List<DeltaRow> deltasByPosition(long partitionKey, long first, long last, int limit) {
        List<DeltaRow> rows = new ArrayList<>(committed.deltasByPosition(partitionKey, first, last, limit));
        staged(partitionKey).stream()
                .filter(delta -> delta.streamPosition() >= first && delta.streamPosition() <= last)
                .forEach(rows::add);
        rows.sort(Comparator.comparingLong(DeltaRow::streamPosition));
        return rows.size() > limit ? rows.subList(0, limit) : rows;
    }

    @Override
    public List<DeltaRow> deltasByCommit(long partitionKey, long afterCreatedAt, long afterPosition, int limit) {
        List<DeltaRow> rows =
                new ArrayList<>(committed.deltasByCommit(partitionKey, afterCreatedAt, afterPosition, limit));
        staged(partitionKey).stream()
                .filter(delta -> afterCreatedAt < STAGED_AT || delta.streamPosition() > afterPosition)
                .sorted(Comparator.comparingLong(DeltaRow::streamPosition))
                .forEach(rows::add);
        return rows.size() > limit ? rows.subList(0, limit) : rows;
    }

    @Override
    public Optional<DeltaRow> delta(long partitionKey, long streamPosition) {
        return staged(partitionKey).stream()
                .filter(delta -> delta.streamPosition() == streamPosition)
                .findFirst()
                .or(() -> committed.delta(partitionKey, streamPosition));
    }

    @Override
    public List<EntryRow> entries(long deltaKey, long fromOrdinal, int limit) {
        return committed.entries(deltaKey, fromOrdinal, limit);
    }

    @Override
    public List<StagedDelta> staged(String ofTransaction) {
        return committed.staged(ofTransaction);
    }

    @Override
    public List<StreamRow> replacedBy(String ofTransaction) {
        return committed.replacedBy(ofTransaction);
    }

    @Override
    public Optional<DeltaRow> changeSince(String streamId, long timeNanos) {
        return committed.changeSince(streamId, timeNanos);
    }

    @Override
    public List<StagedDelta> stagedBySession(String sessionId) {
        return committed.stagedBySession(sessionId);
    }

    private List<DeltaRow> staged(long partitionKey) {
        return deltasByPartition.getOrDefault(partitionKey, List.of()).stream()
                .map(delta -> DeltaRow.of(delta, delta.place(), STAGED_AT, transactionId))
                .toList();
    }
}
