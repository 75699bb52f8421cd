package io.deltacat.server.service;

import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import java.util.List;
import java.util.Optional;

/**
 * Sums over the partitions of a stream at a snapshot.
 *
 * @param partitions partitions
 * @param deltas deltas
 * @param files manifest entries
 * @param records rows
 * @param bytes stored bytes
 */
record PartitionTotals(long partitions, long deltas, long files, long records, long bytes) {
    private static final int PAGE = 1_000;

    /** Adds up; costs one look per partition, whatever the number of deltas. */
    static PartitionTotals of(ReadView view, String streamId) {
        PartitionTotals sum = new PartitionTotals(0, 0, 0, 0, 0);
        long after = 0;
        while (true) {
            List<PartitionRow> page = view.deltas().partitions(streamId, after, PAGE);
            for (PartitionRow partition : page) {
                sum = sum.plus(view.deltas().progress(partition.partitionKey()));
                after = partition.partitionKey();
            }
            if (page.size() < PAGE) {
                return sum;
            }
        }
    }

    private PartitionTotals plus(Optional<PartitionProgress> progress) {
        if (progress.isEmpty()) {
            return new PartitionTotals(partitions + 1, deltas, files, records, bytes);
        }
        PartitionProgress more = progress.get();
        return new PartitionTotals(
                partitions + 1,
                deltas + more.revision(),
                files + more.entries(),
                records + more.records(),
                bytes + more.bytes());
    }
}
