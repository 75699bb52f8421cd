package io.deltacat.server.store;

import java.util.List;
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
}
