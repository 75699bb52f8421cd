package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code QueryPartitionStatsResponse} of the wire protocol (openapi-0.1.67.json).
 *
 * @param backend where the server keeps the statistics
 * @param bestEffort whether they may lag behind
 * @param nextToken token for more, or null at the end
 * @param rows statistics of one partition each, as JSON objects
 */
@RecordBuilder
public record PartitionStats(
        String namespace,
        String table,
        String backend,
        long limit,
        @Nullable Boolean bestEffort,
        @Nullable JsonNode filterPredicate,
        @Nullable String nextToken,
        List<Map<String, JsonNode>> rows) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public PartitionStats {
        rows = Copies.list(rows);
    }
}
