package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.machine.CompactionRules;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A partition whose rows are to be read, as it was found. Immutable.
 *
 * @param snapshot what it holds; later commits are not seen
 * @param table its table
 * @param version its table version
 * @param schema schema of the version
 * @param schemas all schemas the version had, by id
 * @param stream its stream
 * @param partition the partition
 * @param progress how far it got
 * @param completionInfo mark of the compaction that made it; null if none did
 * @param settings what the table's properties say about compaction
 */
record PartitionInput(
        Snapshot snapshot,
        TableRow table,
        TableVersionRow version,
        SchemaSpec schema,
        Map<String, SchemaSpec> schemas,
        StreamRow stream,
        PartitionRow partition,
        PartitionProgress progress,
        @Nullable JsonNode completionInfo,
        CompactionRules.Settings settings) {

    /** Looks a partition up; empty if it is not current any more, or its table has no schema. */
    static Optional<PartitionInput> find(ReadView view, long partitionKey) {
        Optional<PartitionRow> partition = view.deltas()
                .partitionByKey(partitionKey)
                .filter(row -> view.deltas().isCurrent(row));
        Optional<PartitionProgress> progress = view.deltas().progress(partitionKey);
        Optional<StreamRow> stream = partition
                .flatMap(row -> view.deltas().streamById(row.streamId()))
                .filter(row -> view.deltas().isCurrent(row));
        if (progress.isEmpty() || stream.isEmpty()) {
            return Optional.empty();
        }
        Optional<TableRow> table = view.catalog().tableById(stream.get().tableId());
        Optional<TableVersionRow> version =
                view.catalog().version(stream.get().tableId(), stream.get().tableVersion());
        if (table.isEmpty() || version.isEmpty()) {
            return Optional.empty();
        }
        SchemaSpec schema = TableLookup.schemaOf(view, version.get());
        if (schema == null) {
            return Optional.empty();
        }
        String info = partition.get().completionInfo();
        return Optional.of(new PartitionInput(
                view.pinned(),
                table.get(),
                version.get(),
                schema,
                PlanSchemas.of(view, version.get()).schemas(),
                stream.get(),
                partition.get(),
                progress.get(),
                info == null ? null : PartitionValues.tree(info),
                CompactionRules.Settings.of(
                        version.get().properties(), table.get().properties())));
    }

    /** Whether rows have to be merged by key; else they are put one after the other. */
    boolean merges() {
        return progress.merges() && !schema.mergeKeys().isEmpty();
    }

    /** What the partition holds. */
    CompactionRules.Load load() {
        return new CompactionRules.Load(progress.revision(), progress.entries(), progress.records(), progress.merges());
    }

    /** What the compaction that made it left. */
    CompactionRules.Load left() {
        return CompactionRules.left(completionInfo);
    }

    /** Whether it should be compacted. */
    boolean isDue(boolean asked) {
        return asked ? CompactionRules.isWorthwhile(load(), left()) : CompactionRules.isDue(settings, load(), left());
    }
}
