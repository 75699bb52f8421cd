package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code DirtyPartitionStatsResponse} of the wire protocol (openapi-0.1.67.json).
 *
 * @param dirtyPartitions partitions whose statistics are stale, as JSON objects
 * @param pendingMaintenanceTasks work that waits, as JSON objects
 */
@RecordBuilder
public record DirtyPartitionStats(
        String namespace,
        String table,
        @Nullable String tableVersion,
        List<Map<String, JsonNode>> dirtyPartitions,
        List<Map<String, JsonNode>> pendingMaintenanceTasks,
        @Nullable String pendingMaintenanceTasksSha256,
        @Nullable Boolean runtimeInventoryComplete,
        @Nullable Boolean runtimeInventoryEnabled) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public DirtyPartitionStats {
        dirtyPartitions = Copies.list(dirtyPartitions);
        pendingMaintenanceTasks = Copies.list(pendingMaintenanceTasks);
    }
}
