package io.deltacat.server.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition got at a snapshot.
 *
 * @param revision number of its deltas, and so of its changes
 * @param transactionId transaction of the last change
 * @param changedAt commit time of the last change
 * @param orderedPosition last ordered position; null if there is none
 * @param orderedAt commit time of the last ordered delta; 0 if there is none
 * @param entries manifest entries of all its deltas
 * @param records rows of all its deltas
 * @param bytes stored bytes of all its deltas
 * @param contentTypes short content types of its deltas, each once, in order of name
 * @param merges whether it has an upsert or delete; without one a plain concatenation reads it right
 * @param chain digest that identifies its contents
 */
public record PartitionProgress(
        long revision,
        String transactionId,
        long changedAt,
        @Nullable Long orderedPosition,
        long orderedAt,
        long entries,
        long records,
        long bytes,
        List<String> contentTypes,
        boolean merges,
        String chain) {
    /** Copies the list. */
    public PartitionProgress {
        contentTypes = List.copyOf(contentTypes);
    }

    /**
     * The progress a partition makes by a delta.
     *
     * @param before the progress before; empty for the partition's first delta
     * @param delta what is added
     * @return the progress after it
     */
    public static PartitionProgress after(Optional<PartitionProgress> before, DeltaRow delta) {
        boolean ordered = delta.deltaType().isOrdered();
        String chain = before.map(PartitionProgress::chain).orElse("");
        Set<String> types =
                new TreeSet<>(before.map(PartitionProgress::contentTypes).orElse(List.of()));
        types.add(delta.contentType());
        return new PartitionProgress(
                before.map(PartitionProgress::revision).orElse(0L) + 1,
                delta.transactionId(),
                delta.createdAt(),
                ordered
                        ? Long.valueOf(delta.streamPosition())
                        : before.map(PartitionProgress::orderedPosition).orElse(null),
                ordered
                        ? delta.createdAt()
                        : before.map(PartitionProgress::orderedAt).orElse(0L),
                before.map(PartitionProgress::entries).orElse(0L) + delta.entryCount(),
                before.map(PartitionProgress::records).orElse(0L) + delta.recordCount(),
                before.map(PartitionProgress::bytes).orElse(0L) + delta.contentLength(),
                List.copyOf(types),
                before.map(PartitionProgress::merges).orElse(false)
                        || delta.deltaType().needsMerge(),
                Digests.sha256Hex(chain + "|" + delta.streamPosition() + "|" + delta.fingerprint()));
    }
}
