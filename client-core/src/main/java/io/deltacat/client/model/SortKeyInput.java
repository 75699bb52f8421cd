package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code SortKeyInput} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record SortKeyInput(
        List<String> key,
        @Nullable String nullOrder,
        @Nullable String sortOrder,
        @Nullable String transform) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public SortKeyInput {
        key = Copies.list(key);
    }
}
