package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/** Reply {@code CompactionStatusResponse} of the wire protocol (openapi-0.1.67.json). */
@RecordBuilder
public record CompactionStatus(
        String table,
        @Nullable Long appendedDeltaCountTrigger,
        @Nullable Long appendedFileCountTrigger,
        @Nullable Long appendedRecordCountTrigger,
        long currentDeltaCount,
        @Nullable String readOptimizationLevel) {}
