package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code TableVersionSummaryResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TableVersionSummary(
        String tableVersion,
        @Nullable String description,
        @Nullable String lifecycleState) {}
