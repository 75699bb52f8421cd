package io.deltacat.client.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.WriteEntryBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a partition has to be for {@link WriteMode#REPLACE_PARTITION} to replace it; the commit conflicts otherwise.
 * Immutable.
 *
 * @param partitionValues values of the partition as the wire has them: whole numbers as {@code Long}, in scheme-key order
 * @param previousPartitionId the partition that is replaced, or null for no such condition
 * @param snapshot its deltas, an object with {@code version}, {@code partition_id}, {@code revision_sha256} and {@code
 *     deltas}, or null for no such condition
 * @param missing whether there must be no such partition yet
 */
public record PartitionGuard(
        List<@Nullable Object> partitionValues,
        @Nullable String previousPartitionId,
        @Nullable JsonNode snapshot,
        boolean missing) {

    /** Copies the values. */
    public PartitionGuard {
        partitionValues = Collections.unmodifiableList(new ArrayList<>(partitionValues));
    }

    /** Returns the condition that a partition is still the one it was. */
    public static PartitionGuard unchanged(List<@Nullable Object> partitionValues, String previousPartitionId) {
        return new PartitionGuard(partitionValues, previousPartitionId, null, false);
    }

    /** Returns the condition that there is no such partition. */
    public static PartitionGuard absent(List<@Nullable Object> partitionValues) {
        return new PartitionGuard(partitionValues, null, null, true);
    }

    void applyTo(WriteEntryBuilder entry) {
        entry.expectedPreviousPartitionId(previousPartitionId).expectedPartitionSnapshot(snapshot);
        if (missing) {
            entry.expectedMissingPartition(true);
        }
    }
}
