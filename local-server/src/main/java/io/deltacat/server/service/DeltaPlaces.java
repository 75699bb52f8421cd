package io.deltacat.server.service;

import io.deltacat.client.model.DeltaType;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.machine.WriteRules;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.WriteUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds partition and position of new deltas (protocol/data-plane.md §6.2). Thread-safe. */
final class DeltaPlaces {
    private final ServiceContext context;

    DeltaPlaces(ServiceContext context) {
        this.context = context;
    }

    /**
     * The place a delta gets.
     *
     * @param unit gives keys for new partitions
     * @param reads what the writer sees
     * @param streamId stream it goes to
     * @param partitionValues stored form of its partition values
     * @param partitionSchemeId their scheme; null for an unpartitioned table
     * @param deltaType kind of rows
     * @param replaces whether it takes the place of everything in its partition
     * @return the place
     */
    StagedDelta.Place next(
            WriteUnit unit,
            DeltaReads reads,
            String streamId,
            String partitionValues,
            @Nullable String partitionSchemeId,
            DeltaType deltaType,
            boolean replaces) {
        Optional<PartitionRow> current = reads.partition(streamId, partitionValues, partitionSchemeId);
        if (current.isEmpty() || replaces) {
            return new StagedDelta.Place(
                    unit.newKey(),
                    context.newId(),
                    true,
                    current.map(PartitionRow::partitionId).orElse(null),
                    deltaType.isOrdered() ? WriteRules.nextOrderedPosition(0) : random(),
                    null);
        }
        return behind(reads, current.get(), deltaType);
    }

    /** The next place in a partition that is there. */
    StagedDelta.Place behind(DeltaReads reads, PartitionRow partition, DeltaType deltaType) {
        long key = partition.partitionKey();
        if (!deltaType.isOrdered()) {
            long position = random();
            while (reads.delta(key, position).isPresent()) {
                position = random();
            }
            return new StagedDelta.Place(key, partition.partitionId(), false, null, position, null);
        }
        Long last = reads.progress(key).map(PartitionProgress::orderedPosition).orElse(null);
        return new StagedDelta.Place(
                key,
                partition.partitionId(),
                false,
                null,
                WriteRules.nextOrderedPosition(last == null ? 0 : last),
                last);
    }

    private long random() {
        synchronized (context.random()) {
            return WriteRules.unorderedPosition(context.random());
        }
    }
}
