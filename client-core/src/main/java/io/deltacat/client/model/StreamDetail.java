package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a table version with its partition scheme. Wire name {@code StreamDetailResponse}.
 *
 * @param gcWatermark time-travel floor: history below it may be gone
 * @param previousStreamId stream it replaced, if the table was replaced
 * @param streamId new after a replacement of the table
 */
@RecordBuilder
public record StreamDetail(
        @Nullable Long gcWatermark,
        @Nullable String namespace,
        @Nullable PartitionScheme partitionScheme,
        @Nullable String partitionSchemeId,
        @Nullable String previousStreamId,
        @Nullable String state,
        @Nullable String streamFormat,
        @Nullable String streamId,
        @Nullable String tableName,
        @Nullable String tableVersion,
        @Nullable Long watermark) {}
