package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
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
        @Nullable List<Choice> chosen,
        @Nullable ScanPruning pruning,
        Map<String, PartitionScheme> schemes) {

    /**
     * A partition to keep; one of the two at least is given, and what is given must fit.
     *
     * @param partitionId its id; null if chosen by values
     * @param partitionValues stored form of its values; null if chosen by id
     */
    record Choice(@Nullable String partitionId, @Nullable String partitionValues) {}

    /** The choices of a request; null for all partitions. */
    static @Nullable List<Choice> choices(PlanQuery query, TableLookup found) {
        List<PlanQuery.PartitionChoice> asked = query.partitions();
        if (asked == null) {
            return null;
        }
        List<Choice> choices = new ArrayList<>();
        for (PlanQuery.PartitionChoice choice : asked) {
            JsonNode values = choice.partitionValues();
            choices.add(
                    new Choice(choice.partitionId(), values == null ? null : PartitionValues.lookup(values, found)));
        }
        return choices;
    }

    /** Up to {@code limit} partitions with a key above {@code afterKey}. */
    List<PartitionRow> page(ReadView view, long afterKey, int limit) {
        List<Choice> choices = chosen;
        if (choices == null) {
            return view.deltas().partitions(streamId, afterKey, limit);
        }
        List<PartitionRow> found = new ArrayList<>();
        for (Choice choice : choices) {
            find(view, choice).stream()
                    .filter(row -> row.partitionKey() > afterKey && !found.contains(row))
                    .forEach(found::add);
        }
        found.sort(Comparator.comparingLong(PartitionRow::partitionKey));
        return found.size() <= limit ? found : List.copyOf(found.subList(0, limit));
    }

    private List<PartitionRow> find(ReadView view, Choice choice) {
        String id = choice.partitionId();
        String values = choice.partitionValues();
        if (id != null) {
            return view
                    .deltas()
                    .partitionById(streamId, id)
                    .filter(row -> view.deltas().isCurrent(row))
                    .filter(row -> values == null || values.equals(row.partitionValues()))
                    .stream()
                    .toList();
        }
        return values == null ? List.of() : view.deltas().partitionsOf(streamId, values);
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
