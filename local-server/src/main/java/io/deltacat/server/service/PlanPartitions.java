package io.deltacat.server.service;

import io.deltacat.client.model.PartitionScheme;
import io.deltacat.server.machine.scan.ScanPruning;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The partitions a plan reads, in order of their keys: those that were asked for, looked up one by one, or else all of the
 * stream. Immutable; what it knows holds at one snapshot.
 *
 * @param streamId the stream
 * @param chosen partitions to keep; null for all
 * @param pruning leaves out what a filter cannot select; null without filter
 * @param schemes partition schemes by id
 */
record PlanPartitions(
        String streamId,
        @Nullable List<PlanQuery.PartitionChoice> chosen,
        @Nullable ScanPruning pruning,
        Map<String, PartitionScheme> schemes) {

    /** Up to {@code limit} partitions with a key above {@code afterKey}. */
    List<PartitionRow> page(ReadView view, long afterKey, int limit) {
        List<PlanQuery.PartitionChoice> choices = chosen;
        if (choices == null) {
            return view.deltas().partitions(streamId, afterKey, limit);
        }
        List<PartitionRow> found = new ArrayList<>();
        for (PlanQuery.PartitionChoice choice : choices) {
            find(view, choice)
                    .filter(row -> row.partitionKey() > afterKey && !found.contains(row))
                    .ifPresent(found::add);
        }
        found.sort(Comparator.comparingLong(PartitionRow::partitionKey));
        return found.size() <= limit ? found : List.copyOf(found.subList(0, limit));
    }

    private Optional<PartitionRow> find(ReadView view, PlanQuery.PartitionChoice choice) {
        String id = choice.partitionId();
        String values = choice.partitionValues();
        if (id != null) {
            return view.deltas()
                    .partitionById(streamId, id)
                    .filter(row -> view.deltas().isCurrent(row))
                    .filter(row -> values == null || values.equals(row.partitionValues()));
        }
        return values == null ? Optional.empty() : view.deltas().partition(streamId, values);
    }

    /** What a filter may leave out inside a partition; empty without filter. */
    Optional<ScanPruning.OfPartition> pruning(PartitionRow partition, PartitionProgress progress) {
        if (pruning == null) {
            return Optional.empty();
        }
        String schemeId = partition.partitionSchemeId();
        return Optional.of(pruning.in(
                schemeId == null ? null : schemes.get(schemeId),
                PartitionValues.tree(partition.partitionValues()),
                progress.contentTypes()));
    }
}
