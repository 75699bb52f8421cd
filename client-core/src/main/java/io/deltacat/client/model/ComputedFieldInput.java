package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Request body {@code ComputedFieldInput} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record ComputedFieldInput(
        String engine, String expression, String expressionEncoding, List<String> sourceFields, String version) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public ComputedFieldInput {
        sourceFields = Copies.list(sourceFields);
    }
}
