package io.deltacat.server.store;

/**
 * Sums over the deltas of a partition.
 *
 * @param deltas deltas
 * @param entries manifest entries
 * @param records rows
 * @param bytes stored bytes
 */
public record DeltaSums(long deltas, long entries, long records, long bytes) {
    /** Whether the running totals say the same. */
    public boolean agreesWith(PartitionProgress progress) {
        return deltas == progress.revision()
                && entries == progress.entries()
                && records == progress.records()
                && bytes == progress.bytes();
    }
}
