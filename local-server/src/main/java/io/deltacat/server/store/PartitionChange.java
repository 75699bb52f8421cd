package io.deltacat.server.store;

/**
 * A commit that added to a partition.
 *
 * @param changedAt commit time
 * @param partitionKey the partition
 */
public record PartitionChange(long changedAt, long partitionKey) {
    /** Before all changes. */
    public static final PartitionChange NONE = new PartitionChange(-1, 0);
}
