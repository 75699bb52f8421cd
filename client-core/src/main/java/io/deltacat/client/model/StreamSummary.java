package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code StreamSummaryResponse} of the wire protocol (openapi-0.1.67.json).
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
