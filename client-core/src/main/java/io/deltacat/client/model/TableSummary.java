package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code TableSummaryResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TableSummary(
        String name,
        @Nullable String description,
        @Nullable String latestVersion,
        @Nullable String lifecycleState) {}
