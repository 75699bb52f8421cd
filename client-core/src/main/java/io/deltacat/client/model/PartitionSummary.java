package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code PartitionSummaryResponse} of the wire protocol (openapi-0.1.67.json).
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
