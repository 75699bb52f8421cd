package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/** Reply {@code CompactionSubmitResponse} of the wire protocol (openapi-0.1.67.json). */
@RecordBuilder
public record CompactionSubmitted(
        String namespace,
        boolean submitted,
        String table,
        @Nullable String jobId,
        @Nullable String message,
        @Nullable String partitionId,
        @Nullable String tableVersion) {}
