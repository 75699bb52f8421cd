package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a stream (data-plane.md §6.1, §6.2). Wire name {@code PartitionSummaryResponse}.
 *
 * @param initialDeltaCount adds embedded in the partition's record; grows with every embedded add
 * @param partitionId new after a compaction or a replacement of the partition
 * @param partitionValues values in scheme order; null for an unpartitioned table
 * @param previousPartitionId id before the last compaction or replacement
 * @param revision grows with every change
 * @param streamPosition position of its last ordered delta, null if it has none
 */
@RecordBuilder
public record PartitionSummary(
        @Nullable List<String> contentTypes,
        long initialDeltaCount,
        @Nullable String namespace,
        @Nullable String partitionId,
        @Nullable String partitionSchemeId,
        @Nullable List<@Nullable Object> partitionValues,
        @Nullable String previousPartitionId,
        @Nullable Long previousStreamPosition,
        @Nullable Long revision,
        boolean revisionTransactionSuccessVisible,
        @Nullable String revisionTxnId,
        @Nullable String state,
        @Nullable String streamFormat,
        @Nullable String streamId,
        @Nullable Long streamPosition,
        @Nullable String tableName,
        @Nullable String tableVersion,
        @Nullable Long watermark) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public PartitionSummary {
        contentTypes = Copies.nullableList(contentTypes);
        partitionValues = Copies.nullableList(partitionValues);
    }
}
