package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code SortSchemeInput} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record SortSchemeInput(
        List<SortKeyInput> keys,
        @Nullable JsonNode id,
        @Nullable String name) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public SortSchemeInput {
        keys = Copies.list(keys);
    }
}
