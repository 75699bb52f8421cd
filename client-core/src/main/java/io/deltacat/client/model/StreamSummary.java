package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a table version. Wire name {@code StreamSummaryResponse}.
 *
 * @param gcWatermark time-travel floor: history below it may be gone
 * @param previousStreamId stream it replaced, if the table was replaced
 * @param streamId new after a replacement of the table
 */
@RecordBuilder
public record StreamSummary(
        @Nullable Long gcWatermark,
        @Nullable String namespace,
        @Nullable String partitionSchemeId,
        @Nullable String previousStreamId,
        @Nullable String state,
        @Nullable String streamFormat,
        @Nullable String streamId,
        @Nullable String tableName,
        @Nullable String tableVersion,
        @Nullable Long watermark) {}
