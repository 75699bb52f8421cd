package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code PartitionKeySummary} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record PartitionKey(List<String> key, @Nullable String transform) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public PartitionKey {
        key = Copies.list(key);
    }
}
