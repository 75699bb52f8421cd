package io.deltacat.client.read;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.client.read.file.StoredFile;
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.read.merge.MergeDelta;
import io.deltacat.client.read.merge.MergeFile;
import io.deltacat.format.file.ReadOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deltas of one partition in one snapshot, complete although their files may have come on several pages of the plan.
 * Immutable.
 *
 * @param streamId stream of the partition, or null where the server does not say
 * @param partitionId the partition, or null likewise
 * @param deltas its deltas by position
 */
public record PartitionDeltas(
        @Nullable String streamId, @Nullable String partitionId, List<MergeDelta> deltas) {

    /** Copies the deltas. */
    public PartitionDeltas {
        deltas = List.copyOf(deltas);
    }

    /** Chooses files. */
    @FunctionalInterface
    public interface FileChoice {
        /**
         * Whether a file can matter to a read.
         *
         * @param type kind of its delta
         * @param file the file with its statistics
         * @param stored the same file as the reader opens it
         */
        boolean matters(DeltaType type, DataFile file, StoredFile stored);
    }

    /**
     * Groups the files of a whole plan by partition and delta. All file names of the plan are in memory at once: about 500
     * bytes each.
     *
     * @param pages all pages of one pinned plan
     * @param files opens data files
     * @param limits size of batches
     * @param wanted whether a file of a delta can matter to the read; deletes are asked for too
     * @return the partitions in the order in which the plan names them first
     * @throws io.deltacat.client.Unsupported if a delta has no position or is of an unknown type
     */
    public static List<PartitionDeltas> of(
            Iterator<ReadPlan> pages, StoredFiles files, ReadOptions limits, FileChoice wanted) {
        Map<PartitionKey, Map<DeltaKey, Delta>> partitions = new LinkedHashMap<>();
        while (pages.hasNext()) {
            ReadPlan page = pages.next();
            PlannedFiles planned = new PlannedFiles(page);
            for (ScanTask task : MergePlans.tasks(page)) {
                PartitionKey partition = new PartitionKey(
                        task.partitionSchemeId(), task.partitionId(), task.streamId(), task.partitionValues());
                DeltaKey key = DeltaKey.of(task);
                Delta delta = partitions
                        .computeIfAbsent(partition, any -> new LinkedHashMap<>())
                        .computeIfAbsent(key, any -> new Delta(MergePlans.equalityColumns(task), new ArrayList<>()));
                for (DataFile file : task.files()) {
                    StoredFile stored = planned.stored(file);
                    if (wanted.matters(key.type(), file, stored)) {
                        delta.files.add(MergeFile.of(stored, files, limits));
                    }
                }
            }
        }
        List<PartitionDeltas> complete = new ArrayList<>(partitions.size());
        partitions.forEach((partition, deltas) -> {
            List<MergeDelta> ofPartition = new ArrayList<>(deltas.size());
            deltas.forEach((key, delta) ->
                    ofPartition.add(new MergeDelta(key.type(), key.position(), delta.equalityColumns, delta.files)));
            complete.add(new PartitionDeltas(partition.streamId(), partition.partitionId(), ofPartition));
        });
        return complete;
    }

    /** What makes rows with equal keys rows of one key; keys are unique per partition. */
    private record PartitionKey(
            @Nullable String schemeId,
            @Nullable String partitionId,
            @Nullable String streamId,
            @Nullable List<@Nullable Object> values) {}

    private record DeltaKey(long position, DeltaType type) {
        static DeltaKey of(ScanTask task) {
            Long position = task.streamPosition();
            if (position == null) {
                throw MergePlans.unsupported(
                        "a delta of partition '" + task.partitionId()
                                + "' has no stream position, so it cannot be merged",
                        "Read the table from a server that gives positions.");
            }
            return new DeltaKey(position, MergePlans.type(task));
        }
    }

    private record Delta(List<String> equalityColumns, List<MergeFile> files) {
        Delta {
            Objects.requireNonNull(files, "files");
        }
    }
}
