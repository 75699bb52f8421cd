package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code RepairPartitionStatsRequest} of the wire protocol (openapi-0.1.67.json).
 *
 * @param partitionId the partition, or null to name it by its values
 * @param partitionValues its values in scheme-key order, or null
 * @param tableVersion version, or null for the current one
 */
@RecordBuilder
public record PartitionStatsRepairRequest(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String partitionId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<@Nullable Object> partitionValues,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tableVersion) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public PartitionStatsRepairRequest {
        partitionValues = Copies.nullableList(partitionValues);
    }
}
