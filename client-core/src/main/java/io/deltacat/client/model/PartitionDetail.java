package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a stream with what compaction left (data-plane.md §6.1, §6.2). Wire name {@code
 * PartitionDetailResponse}.
 *
 * @param compactionRoundCompletionInfo present if a compaction made this partition; the only mark that tells it
 *     from a replacement
 * @param initialDeltaCount adds embedded in the partition's record
 * @param initialDeltas those adds, null unless asked for
 * @param partitionId new after a compaction or a replacement of the partition
 * @param previousPartitionId id before the last compaction or replacement
 * @param revision grows with every change
 * @param streamPosition position of its last ordered delta, null if it has none
 */
@RecordBuilder
public record PartitionDetail(
        @Nullable JsonNode compactionRoundCompletionInfo,
        @Nullable List<String> contentTypes,
        long initialDeltaCount,
        @Nullable List<DeltaDetail> initialDeltas,
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
    public PartitionDetail {
        contentTypes = Copies.nullableList(contentTypes);
        initialDeltas = Copies.nullableList(initialDeltas);
        partitionValues = Copies.nullableList(partitionValues);
    }
}
