package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Physical order of rows in files; it has no part in merging. Wire name {@code SortSchemeSummary}.
 *
 * @param id text or number
 * @param keys in order of weight
 */
@RecordBuilder
public record SortScheme(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode id, List<SortKey> keys) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public SortScheme {
        keys = Copies.list(keys);
    }
}
