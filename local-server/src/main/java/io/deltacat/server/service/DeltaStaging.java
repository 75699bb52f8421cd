package io.deltacat.server.service;

import io.deltacat.client.model.DeltaType;
import io.deltacat.server.machine.PartitionGuard;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.machine.StagedDeltaBuilder;
import io.deltacat.server.machine.WriteMode;
import io.deltacat.server.store.CatalogReads;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.WriteUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores the manifests of a commit's deltas and finds their places as the writer sees them. Thread-safe. */
final class DeltaStaging {
    private final ServiceContext context;
    private final DeltaPlaces places;

    DeltaStaging(ServiceContext context) {
        this.context = context;
        this.places = new DeltaPlaces(context);
    }

    /**
     * Stores and places.
     *
     * @param unit the change
     * @param reads what the writer sees
     * @param state the session
     * @param deltaType kind of rows
     * @param stream where they go
     * @param groups entries by partition
     * @return one delta per group, in order
     */
    List<StagedDelta> stage(
            WriteUnit unit,
            DeltaReads reads,
            SessionState state,
            DeltaType deltaType,
            StreamRow stream,
            List<DeltaGroups.Group> groups) {
        boolean replaces = state.mode() == WriteMode.REPLACE_PARTITION;
        List<StagedDelta> deltas = new ArrayList<>(groups.size());
        for (DeltaGroups.Group group : groups) {
            if (state.externalEntries()) {
                requireNotPurged(unit, group.entries());
            }
            if (group.guard().expectsSomething()) {
                guard(reads, stream, group);
            }
            long deltaKey = unit.newKey();
            unit.deltas().addEntries(deltaKey, group.entries());
            StagedDelta.Place place = places.next(
                    unit,
                    reads,
                    stream.streamId(),
                    group.partitionValues(),
                    group.partitionSchemeId(),
                    deltaType,
                    replaces);
            deltas.add(delta(deltaKey, state, deltaType, stream, group, replaces, place));
        }
        return deltas;
    }

    /** Files of a purged table are deleted after its commit; one that another table takes meanwhile would be lost. */
    private static void requireNotPurged(WriteUnit unit, List<EntryRow> entries) {
        CatalogReads catalog = unit.view(Snapshot.latest()).catalog();
        for (EntryRow entry : entries) {
            if (catalog.isPurged(entry.path())) {
                throw Refusal.of(
                                RefusalKind.WRONG_STATE,
                                "file '" + entry.path()
                                        + "' belonged to a table that was purged and is about to be deleted; write its"
                                        + " rows to a new file")
                        .with("path", entry.path())
                        .asException();
            }
        }
    }

    private static void guard(DeltaReads reads, StreamRow stream, DeltaGroups.Group group) {
        Optional<PartitionGuard.CurrentPartition> current = reads.partition(
                        stream.streamId(), group.partitionValues(), group.partitionSchemeId())
                .map(partition -> current(reads, partition));
        group.guard()
                .check(current, "entries with partition_values " + group.partitionValues())
                .ifPresent(refusal -> {
                    throw refusal.asException();
                });
    }

    private static PartitionGuard.CurrentPartition current(DeltaReads reads, PartitionRow partition) {
        List<PartitionGuard.ExpectedDelta> deltas = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (DeltaRow delta :
                reads.deltasByPosition(partition.partitionKey(), 0, Long.MAX_VALUE, GuardBodies.MOST_DELTAS + 1)) {
            deltas.add(new PartitionGuard.ExpectedDelta(delta.streamPosition(), delta.fingerprint()));
            lines.append(delta.streamPosition())
                    .append(':')
                    .append(delta.fingerprint())
                    .append('\n');
        }
        return new PartitionGuard.CurrentPartition(
                partition.partitionId(), ReplyCodec.digest(lines.toString()), deltas);
    }

    private StagedDelta delta(
            long deltaKey,
            SessionState state,
            DeltaType deltaType,
            StreamRow stream,
            DeltaGroups.Group group,
            boolean replaces,
            StagedDelta.Place place) {
        long records = 0;
        long bytes = 0;
        StringBuilder contents = new StringBuilder(deltaType.toString()).append('\n');
        for (EntryRow entry : group.entries()) {
            records = Math.addExact(records, entry.recordCount());
            bytes = Math.addExact(bytes, entry.contentLength());
            contents.append(entry.path())
                    .append('|')
                    .append(entry.contentLength())
                    .append('|')
                    .append(entry.recordCount())
                    .append('\n');
        }
        return StagedDeltaBuilder.builder()
                .deltaKey(deltaKey)
                .sessionId(state.sessionId())
                .tableId(stream.tableId())
                .tableVersion(stream.tableVersion())
                .streamId(stream.streamId())
                .deltaType(deltaType)
                .partitionValues(group.partitionValues())
                .partitionSchemeId(group.partitionSchemeId())
                .replacesPartition(replaces)
                .place(place)
                .manifestId(context.newId())
                .contentType(state.format())
                .entryCount(group.entries().size())
                .recordCount(records)
                .contentLength(bytes)
                .fingerprint(ReplyCodec.digest(contents.toString()))
                .equalityFields(group.equalityFields())
                .build();
    }
}
