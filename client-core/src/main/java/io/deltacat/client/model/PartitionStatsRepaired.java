package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code RepairPartitionStatsResponse} of the wire protocol (openapi-0.1.67.json).
 *
 * @param repaired whether the statistics were counted anew
 * @param stats the statistics, or null
 */
@RecordBuilder
public record PartitionStatsRepaired(
        String namespace,
        String table,
        boolean repaired,
        @Nullable String tableVersion,
        @Nullable String streamId,
        @Nullable String partitionId,
        @Nullable JsonNode stats) {}
