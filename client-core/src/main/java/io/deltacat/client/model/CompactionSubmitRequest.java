package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code CompactionSubmitRequest} of the wire protocol (openapi-0.1.67.json).
 *
 * @param namespace namespace of the table
 * @param table the table
 * @param tableVersion null for the default version
 * @param partitionId partition to compact; null for all
 * @param dispatchConfig where the job should run; a server with one worker does not look at it
 */
@RecordBuilder
public record CompactionSubmitRequest(
        String namespace,
        String table,
        @Nullable String tableVersion,
        @Nullable String partitionId,
        @Nullable JsonNode dispatchConfig) {}
