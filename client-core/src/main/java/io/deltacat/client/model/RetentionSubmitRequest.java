package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code RetentionSubmitRequest} of the wire protocol (openapi-0.1.67.json).
 *
 * @param dryRun whether nothing is removed, only reported
 * @param retentionCount versions to keep, or null for the policy's
 * @param retentionDays days to keep, or null for the policy's
 */
@RecordBuilder
public record RetentionSubmitRequest(
        boolean dryRun,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String namespace,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String table,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long retentionCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long retentionDays,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String dataRoot,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long maxParallelism,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean sequential) {}
