package io.deltacat.flink.source.feed;

import java.util.Comparator;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * Physical identity of one partition: a stream and a partition id in it. Compaction and {@code replace_partition} give
 * a partition a new id, {@code replace} gives the table a new stream (protocol/data-plane.md §6.2). Immutable.
 *
 * @param streamId id of the stream, never empty
 * @param partitionId id of the partition, never empty
 */
@Internal
public record PartitionRef(String streamId, String partitionId) implements Comparable<PartitionRef> {
    private static final Comparator<PartitionRef> ORDER =
            Comparator.comparing(PartitionRef::streamId).thenComparing(PartitionRef::partitionId);

    /** Checks that both ids are there. */
    public PartitionRef {
        Objects.requireNonNull(streamId, "streamId");
        Objects.requireNonNull(partitionId, "partitionId");
        if (streamId.isEmpty() || partitionId.isEmpty()) {
            throw new IllegalArgumentException(
                    "Partition '%s/%s': both ids must be non-empty".formatted(streamId, partitionId));
        }
    }

    @Override
    public int compareTo(PartitionRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return streamId + "/" + partitionId;
    }
}
