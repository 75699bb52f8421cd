package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code QueryPartitionStatsRequest} of the wire protocol (openapi-0.1.67.json).
 *
 * @param limit partitions of the reply at most
 * @param afterToken {@code next_token} of the reply before, or null for the first
 * @param filterPredicate predicate over partition columns in the filter grammar, or null
 */
@RecordBuilder
public record PartitionStatsQuery(
        long limit,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String afterToken,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode filterPredicate) {}
