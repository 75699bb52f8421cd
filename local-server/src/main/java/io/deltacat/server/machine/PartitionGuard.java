package io.deltacat.server.machine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a writer that replaces a partition expects to find in its place (protocol/data-plane.md §1.6). Immutable.
 *
 * @param previousPartitionId id the current partition must have; null for no such wish
 * @param missing whether there must be no partition
 * @param snapshot contents the current partition must have; null for no such wish
 */
public record PartitionGuard(
        @Nullable String previousPartitionId,
        boolean missing,
        @Nullable ExpectedContents snapshot) {
    /** Expects nothing. */
    public static final PartitionGuard NONE = new PartitionGuard(null, false, null);

    /**
     * Contents of a partition as a writer saw them.
     *
     * @param partitionId id of the partition
     * @param revision digest over all its deltas, see {@link CurrentPartition#revision}
     * @param deltas its deltas by ascending position
     */
    public record ExpectedContents(String partitionId, String revision, List<ExpectedDelta> deltas) {
        /** Copies the list. */
        public ExpectedContents {
            deltas = List.copyOf(deltas);
        }
    }

    /**
     * A delta as a writer saw it.
     *
     * @param streamPosition its position
     * @param revision its content fingerprint; null for one that is embedded in the partition's record
     */
    public record ExpectedDelta(
            long streamPosition, @Nullable String revision) {}

    /**
     * The partition that is there.
     *
     * @param partitionId its id
     * @param revision digest over the lines {@code position:fingerprint} of its deltas, by ascending position
     * @param deltas its deltas by ascending position
     */
    public record CurrentPartition(String partitionId, String revision, List<ExpectedDelta> deltas) {
        /** Copies the list. */
        public CurrentPartition {
            deltas = List.copyOf(deltas);
        }
    }

    /** Whether anything is expected. */
    public boolean expectsSomething() {
        return missing || previousPartitionId != null || snapshot != null;
    }

    /**
     * Compares with what is there.
     *
     * @param current the partition to be replaced; empty if there is none
     * @param where the entry, for the message
     * @return a refusal that says: read again; empty if everything is as expected
     */
    public Optional<Refusal> check(Optional<CurrentPartition> current, String where) {
        String id = current.map(CurrentPartition::partitionId).orElse(null);
        if (missing && id != null) {
            return Optional.of(failed(where, "expected_missing_partition", "there is one", id));
        }
        if (previousPartitionId != null && !previousPartitionId.equals(id)) {
            return Optional.of(failed(where, "expected_previous_partition_id", "is '" + previousPartitionId + "'", id));
        }
        ExpectedContents expected = snapshot;
        if (expected == null) {
            return Optional.empty();
        }
        boolean same = current.isPresent()
                && expected.partitionId().equals(id)
                && expected.revision().equals(current.get().revision())
                && expected.deltas().equals(current.get().deltas());
        return same
                ? Optional.empty()
                : Optional.of(failed(where, "expected_partition_snapshot", "has other contents", id));
    }

    private static Refusal failed(String where, String field, String what, @Nullable String currentId) {
        Refusal refusal = Refusal.of(
                        RefusalKind.CONCURRENT_MODIFICATION,
                        "field '" + where + "." + field + "': " + what + ", but the partition to replace is "
                                + (currentId == null ? "missing" : "'" + currentId + "'")
                                + "; read it again and retry with a new session")
                .with("field", where + "." + field)
                .with("conflict_class", "retryable_stale_read")
                .with("blocker_outcome", "successful_winner");
        return currentId == null ? refusal : refusal.with("partition_id", currentId);
    }
}
