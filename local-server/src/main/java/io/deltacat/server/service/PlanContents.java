package io.deltacat.server.service;

import io.deltacat.server.machine.scan.ScanPruning;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.TableVersionRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the statistics of the partitions say about a plan; costs one look per partition, whatever the number of deltas.
 *
 * @param files files of the partitions that the filter keeps
 * @param records their rows
 * @param bytes their stored bytes
 * @param contentTypes short content types, each once
 * @param needsMerge whether one has an upsert or delete
 * @param snapshotId identifies the contents of all partitions asked for, whatever the filter
 */
record PlanContents(
        long files, long records, long bytes, Set<String> contentTypes, boolean needsMerge, String snapshotId) {
    private static final int PAGE = 1_000;

    /** Adds up. */
    static PlanContents of(ReadView view, TableVersionRow version, PlanPartitions partitions) {
        Sum sum = new Sum(version.tableId() + "|" + version.tableVersion() + "|" + partitions.streamId());
        long after = 0;
        boolean more = true;
        while (more) {
            List<PartitionRow> page = partitions.page(view, after, PAGE);
            for (PartitionRow partition : page) {
                after = partition.partitionKey();
                Optional<PartitionProgress> progress = view.deltas().progress(after);
                if (progress.isPresent()) {
                    Optional<ScanPruning.OfPartition> pruning = partitions.pruning(partition, progress.get());
                    sum.add(
                            partition,
                            progress.get(),
                            pruning.isEmpty() || pruning.get().mayMatch());
                }
            }
            more = page.size() == PAGE;
        }
        return new PlanContents(sum.files, sum.records, sum.bytes, sum.contentTypes, sum.needsMerge, sum.chain);
    }

    private static final class Sum {
        private final Set<String> contentTypes = new TreeSet<>();
        private long files;
        private long records;
        private long bytes;
        private boolean needsMerge;
        private String chain;

        Sum(String table) {
            chain = ReplyCodec.digest(table);
        }

        void add(PartitionRow partition, PartitionProgress progress, boolean kept) {
            chain = ReplyCodec.digest(chain + "|" + partition.partitionId() + ":" + progress.chain());
            if (kept) {
                files += progress.entries();
                records += progress.records();
                bytes += progress.bytes();
                contentTypes.addAll(progress.contentTypes());
                needsMerge |= progress.merges();
            }
        }
    }
}
