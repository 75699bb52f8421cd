package io.deltacat.flink.source.feed;

import io.deltacat.client.NotFound;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.PartitionSummaryBuilder;
import io.deltacat.flink.source.DeltaCatSourceException;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/**
 * The partitions of a table's current stream. Immutable.
 *
 * @param streamId the stream
 * @param partitions what the server says about each
 */
@Internal
record LivePartitions(String streamId, SortedMap<PartitionRef, PartitionSummary> partitions) {

    /** Asks the server, two requests. */
    static LivePartitions listed(TableAccess table, DeltaListing listing) {
        String streamId = streamOf(table);
        SortedMap<PartitionRef, PartitionSummary> live = new TreeMap<>();
        for (PartitionSummary partition : table.partitions(streamId)) {
            live.put(listing.ref(partition), partition);
        }
        return new LivePartitions(streamId, live);
    }

    /**
     * Asks the server; where it cannot list partitions, takes those that a plan named.
     *
     * @param planned partitions of a plan taken just before
     */
    static LivePartitions listedOr(Collection<PartitionRef> planned, TableAccess table, DeltaListing listing) {
        try {
            return listed(table, listing);
        } catch (NotFound e) {
            if (!e.routeMissing()) {
                throw e;
            }
        }
        SortedMap<PartitionRef, PartitionSummary> live = new TreeMap<>();
        String streamId = streamOf(table);
        for (PartitionRef partition : planned) {
            live.put(
                    partition,
                    PartitionSummaryBuilder.builder()
                            .streamId(partition.streamId())
                            .partitionId(partition.partitionId())
                            .build());
            streamId = partition.streamId();
        }
        return new LivePartitions(streamId, live);
    }

    private static String streamOf(TableAccess table) {
        String streamId = table.describe().streamId();
        if (streamId == null) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s has no stream; expected a table that can hold deltas. Check that its version is active."
                            .formatted(table.tableName()));
        }
        return streamId;
    }

    boolean contains(PartitionRef partition) {
        return partitions.containsKey(partition);
    }
}
