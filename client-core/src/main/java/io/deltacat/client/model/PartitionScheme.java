package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows are put into partitions. Wire name {@code PartitionSchemeSummary}.
 *
 * @param id text or number
 * @param keys each names one column and a transform; empty for an unpartitioned table
 */
@RecordBuilder
public record PartitionScheme(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode id, List<PartitionKey> keys) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public PartitionScheme {
        keys = Copies.list(keys);
    }
}
