package io.deltacat.server.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.DeltaType;
import io.deltacat.server.machine.CompactionRules;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.Digests;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.WriteUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a compacted partition in the place of the one it was made from, in one commit with the deltas that came meanwhile. Readers
 * of earlier snapshots keep the old one. Thread-safe.
 */
final class CompactionCommit {
    private static final int PAGE = 1_000;

    private final ServiceContext context;

    CompactionCommit(ServiceContext context) {
        this.context = context;
    }

    /** How a commit ended. */
    enum Outcome {
        /** The compacted partition is current. */
        DONE,
        /** Ordered deltas came that have no place behind the compacted one; do it again with them. */
        OVERTAKEN,
        /** The partition, its stream or its table is gone; there is nothing to do. */
        GONE
    }

    /**
     * Commits.
     *
     * @param input the partition as it was found
     * @param contentType short content type of the new files
     * @param entries the new files
     * @return how it ended; unless done, nothing was changed
     */
    Outcome commit(PartitionInput input, String contentType, List<EntryRow> entries) {
        return context.store().write(unit -> commit(unit, input, contentType, entries));
    }

    private Outcome commit(WriteUnit unit, PartitionInput input, String contentType, List<EntryRow> entries) {
        DeltaReads reads = unit.view(Snapshot.latest()).deltas();
        boolean gone = !reads.isCurrent(input.partition())
                || !reads.isCurrent(input.stream())
                || unit.view(Snapshot.latest())
                        .catalog()
                        .tableById(input.table().tableId())
                        .isEmpty();
        if (gone) {
            return Outcome.GONE;
        }
        List<DeltaRow> carried = carried(reads, input);
        Long highest = input.progress().orderedPosition();
        long position = CompactionRules.position(highest, CompactionRules.compactedPosition(input.completionInfo()));
        Long firstCarried = carried.stream()
                .filter(delta -> delta.deltaType().isOrdered())
                .map(DeltaRow::streamPosition)
                .min(Long::compare)
                .orElse(null);
        if (!CompactionRules.fits(position, firstCarried)) {
            return Outcome.OVERTAKEN;
        }
        replace(unit, input, contentType, entries, carried, position);
        return Outcome.DONE;
    }

    /** What was committed after the input was looked at. */
    private static List<DeltaRow> carried(DeltaReads reads, PartitionInput input) {
        List<DeltaRow> carried = new ArrayList<>();
        long afterTime = input.snapshot().before() - 1;
        long afterPosition = Long.MAX_VALUE;
        boolean more = true;
        while (more) {
            List<DeltaRow> page =
                    reads.deltasByCommit(input.partition().partitionKey(), afterTime, afterPosition, PAGE);
            for (DeltaRow delta : page) {
                afterTime = delta.createdAt();
                afterPosition = delta.streamPosition();
                carried.add(delta);
            }
            more = page.size() == PAGE;
        }
        return carried;
    }

    private void replace(
            WriteUnit unit,
            PartitionInput input,
            String contentType,
            List<EntryRow> entries,
            List<DeltaRow> carried,
            long position) {
        PartitionRow old = input.partition();
        long key = unit.newKey();
        String id = context.newId();
        long records = entries.stream().mapToLong(EntryRow::recordCount).sum();
        ObjectNode info = CompactionRules.completionInfo(
                old.streamId(),
                id,
                position,
                input.progress().orderedPosition(),
                new CompactionRules.Load(1, entries.size(), records, false),
                input.progress().revision());
        unit.deltas().removePartition(old);
        unit.deltas()
                .addPartition(new PartitionRow(
                        key,
                        id,
                        old.streamId(),
                        old.partitionValues(),
                        old.partitionSchemeId(),
                        old.partitionId(),
                        info.toString()));
        DeltaRow compacted = compacted(unit, key, position, contentType, entries, records);
        unit.deltas().addEntries(compacted.deltaKey(), entries);
        // Writers conflict by the time of the last ordered delta that one of them made, not by that of the compaction.
        PartitionProgress progress = at(
                PartitionProgress.after(Optional.empty(), compacted),
                input.progress().orderedAt());
        unit.deltas().addDelta(compacted, progress);
        long previous = position;
        for (DeltaRow delta : carried) {
            boolean ordered = delta.deltaType().isOrdered();
            DeltaRow moved = moved(delta, key, ordered ? Long.valueOf(previous) : null, unit.commitTime());
            progress = at(
                    PartitionProgress.after(Optional.of(progress), moved),
                    ordered ? delta.createdAt() : progress.orderedAt());
            unit.deltas().addDelta(moved, progress);
            previous = ordered ? delta.streamPosition() : previous;
        }
    }

    private DeltaRow compacted(
            WriteUnit unit, long key, long position, String contentType, List<EntryRow> entries, long records) {
        StringBuilder contents = new StringBuilder("COMPACTED\n");
        long bytes = 0;
        for (EntryRow entry : entries) {
            bytes = Math.addExact(bytes, entry.contentLength());
            contents.append(entry.path())
                    .append('|')
                    .append(entry.contentLength())
                    .append('|')
                    .append(entry.recordCount())
                    .append('\n');
        }
        return new DeltaRow(
                key,
                position,
                unit.newKey(),
                null,
                DeltaType.APPEND,
                unit.commitTime(),
                "tx_" + context.newId().replace("-", ""),
                DeltaRow.NO_SESSION,
                context.newId(),
                contentType,
                entries.size(),
                records,
                bytes,
                Digests.sha256Hex(contents.toString()),
                List.of());
    }

    private static DeltaRow moved(DeltaRow delta, long key, @Nullable Long previous, long commitTime) {
        return new DeltaRow(
                key,
                delta.streamPosition(),
                delta.deltaKey(),
                previous,
                delta.deltaType(),
                commitTime,
                delta.transactionId(),
                delta.sessionId(),
                delta.manifestId(),
                delta.contentType(),
                delta.entryCount(),
                delta.recordCount(),
                delta.contentLength(),
                delta.fingerprint(),
                delta.equalityFields());
    }

    private static PartitionProgress at(PartitionProgress progress, long orderedAt) {
        return new PartitionProgress(
                progress.revision(),
                progress.transactionId(),
                progress.changedAt(),
                progress.orderedPosition(),
                orderedAt,
                progress.entries(),
                progress.records(),
                progress.bytes(),
                progress.contentTypes(),
                progress.merges(),
                progress.chain());
    }
}
