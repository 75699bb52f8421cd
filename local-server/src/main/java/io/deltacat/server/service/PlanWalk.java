package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.ScanTask;
import io.deltacat.client.model.ScanTaskBuilder;
import io.deltacat.server.machine.scan.ScanPruning;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the files of a plan in pieces of bounded size. Every piece is read in a visit of its own to the store, at the
 * same snapshot, so that nothing is held between two of them. Partition after partition; inside one, deltas come in order of
 * commit, or of position when they have to be merged. Confined to one request.
 */
final class PlanWalk {
    private static final int PARTITION_PAGE = 200;
    private static final int DELTA_PAGE = 200;
    private static final int ENTRY_PAGE = 500;
    private static final int PIECE_FILES = 2_000;
    private static final long PIECE_CHARACTERS = 4L << 20;

    private final PlanPartitions partitions;
    private final FileReplies files;
    private final PlanQuery query;
    private final boolean merge;
    private final List<String> mergeKeys;
    private final FilePage page;

    private final Deque<PartitionRow> ahead = new ArrayDeque<>();
    private final Deque<PlannedDelta> deltas = new ArrayDeque<>();
    private long afterPartition;
    private boolean partitionsEnd;
    private @Nullable PartitionRow partition;
    private ScanPruning.@Nullable OfPartition pruning;
    private long afterTime;
    private long afterPosition;
    private boolean deltasEnd = true;
    private long nextOrdinal;
    private boolean taskOpen;

    PlanWalk(PlanPartitions partitions, FileReplies files, PlanQuery query, boolean merge, List<String> mergeKeys) {
        this.partitions = partitions;
        this.files = files;
        this.query = query;
        this.merge = merge;
        this.mergeKeys = mergeKeys;
        this.page = new FilePage(query.fileOffset(), query.maxFiles());
    }

    /** The next pieces; empty at the end. */
    List<PlanPiece> next(ReadView view) {
        List<PlanPiece> pieces = new ArrayList<>();
        long characters = 0;
        int looked = 0;
        while (characters < PIECE_CHARACTERS && looked < PIECE_FILES && !isDone() && advance(view)) {
            PlannedDelta delta = deltas.getFirst();
            ScanPruning.OfPartition known = pruning;
            if (known == null && page.skips(delta.entryCount() - nextOrdinal)) {
                endDelta();
                continue;
            }
            List<EntryRow> entries = view.deltas().entries(delta.deltaKey(), nextOrdinal, ENTRY_PAGE);
            for (EntryRow entry : entries) {
                nextOrdinal = entry.ordinal() + 1;
                looked++;
                characters += entry.columnStats().length() + entry.path().length();
                if ((known == null || mayMatch(known, delta, entry))
                        && page.take(entry.recordCount(), entry.contentLength())) {
                    if (!taskOpen) {
                        pieces.add(new PlanPiece.Task(delta.task()));
                        taskOpen = true;
                    }
                    pieces.add(new PlanPiece.File(files.file(
                            entry,
                            delta.manifestId(),
                            delta.contentType(),
                            query.includeColumnStats(),
                            query.columns(),
                            query.withoutCredentials())));
                }
            }
            if (entries.size() < ENTRY_PAGE) {
                requireWhole(delta);
                endDelta();
            }
        }
        return pieces;
    }

    /** Whether all was looked at that the page or its totals need; a filter's totals need every file. */
    boolean isDone() {
        return (partitions.pruning() == null && page.isFull())
                || (partitionsEnd && ahead.isEmpty() && deltas.isEmpty() && deltasEnd);
    }

    /** The page, once done. */
    FilePage page() {
        return page;
    }

    private void requireWhole(PlannedDelta delta) {
        if (nextOrdinal < delta.entryCount()) {
            throw new IllegalStateException("the manifest of delta key " + delta.deltaKey() + " ends after "
                    + nextOrdinal + " of " + delta.entryCount() + " files");
        }
    }

    private void endDelta() {
        deltas.removeFirst();
        nextOrdinal = 0;
        taskOpen = false;
    }

    private boolean mayMatch(ScanPruning.OfPartition known, PlannedDelta delta, EntryRow entry) {
        Predicate<String> trusted = column -> !merge
                || (mergeKeys.contains(column)
                        && (!delta.deletes() || delta.equalityFields().contains(column)));
        return known.mayMatch(
                files.statistics(entry), entry.recordCount(), entry.schemaId(), delta.contentType(), trusted);
    }

    /** Moves to a delta that is not read to its end; false if there is none left. */
    private boolean advance(ReadView view) {
        while (deltas.isEmpty()) {
            PartitionRow current = partition;
            if (!deltasEnd && current != null) {
                readDeltas(view, current);
            } else if (!ahead.isEmpty()) {
                beginPartition(view, ahead.removeFirst());
            } else if (!partitionsEnd) {
                List<PartitionRow> found = partitions.page(view, afterPartition, PARTITION_PAGE);
                ahead.addAll(found);
                partitionsEnd = found.size() < PARTITION_PAGE;
                if (!found.isEmpty()) {
                    afterPartition = found.get(found.size() - 1).partitionKey();
                }
            } else {
                return false;
            }
        }
        return true;
    }

    private void beginPartition(ReadView view, PartitionRow next) {
        partition = next;
        Optional<PartitionProgress> progress = view.deltas().progress(next.partitionKey());
        Optional<ScanPruning.OfPartition> known = progress.flatMap(state -> partitions.pruning(next, state));
        pruning = known.orElse(null);
        afterTime = -1;
        afterPosition = 0;
        deltasEnd = progress.isEmpty() || (known.isPresent() && !known.get().mayMatch());
    }

    private void readDeltas(ReadView view, PartitionRow current) {
        List<DeltaRow> rows = merge
                ? view.deltas().deltasByPosition(current.partitionKey(), afterPosition + 1, Long.MAX_VALUE, DELTA_PAGE)
                : view.deltas().deltasByCommit(current.partitionKey(), afterTime, afterPosition, DELTA_PAGE);
        for (DeltaRow row : rows) {
            afterTime = row.createdAt();
            afterPosition = row.streamPosition();
            deltas.add(planned(current, row));
        }
        deltasEnd = rows.size() < DELTA_PAGE;
    }

    private PlannedDelta planned(PartitionRow current, DeltaRow row) {
        ScanTask task = ScanTaskBuilder.builder()
                .streamId(partitions.streamId())
                .partitionId(current.partitionId())
                .partitionValues(PartitionValues.decode(current.partitionValues()))
                .partitionSchemeId(current.partitionSchemeId())
                .deltaType(row.deltaType().wireName())
                .streamPosition(row.streamPosition())
                .previousStreamPosition(row.previousStreamPosition())
                .entryParams(entryParams(row.equalityFields()))
                .build();
        return new PlannedDelta(
                task,
                row.deltaKey(),
                row.entryCount(),
                row.manifestId(),
                row.contentType(),
                row.equalityFields(),
                row.deltaType() == DeltaType.DELETE);
    }

    private static @Nullable Map<String, JsonNode> entryParams(List<String> equalityFields) {
        if (equalityFields.isEmpty()) {
            return null;
        }
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        equalityFields.forEach(names::add);
        return Map.of("equality_field_locators", names);
    }

    /** A delta whose files are to be walked. */
    private record PlannedDelta(
            ScanTask task,
            long deltaKey,
            long entryCount,
            String manifestId,
            String contentType,
            List<String> equalityFields,
            boolean deletes) {}
}
