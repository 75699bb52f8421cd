package io.deltacat.server.store;

import org.jspecify.annotations.Nullable;

/**
 * A partition at a snapshot.
 *
 * @param partitionKey its key
 * @param partitionId its id
 * @param streamId its stream
 * @param partitionValues canonical JSON text of its values; {@code null} for an unpartitioned table
 * @param partitionSchemeId scheme of the values; null if unpartitioned
 * @param previousPartitionId the partition it replaced; null if it is the first
 * @param completionInfo JSON text that marks a compaction; null if it is none
 */
public record PartitionRow(
        long partitionKey,
        String partitionId,
        String streamId,
        String partitionValues,
        @Nullable String partitionSchemeId,
        @Nullable String previousPartitionId,
        @Nullable String completionInfo) {}
