package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Reply {@code ComputedFieldSummary} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record ComputedField(
        String engine, String expression, String expressionEncoding, List<String> sourceFields, long version) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public ComputedField {
        sourceFields = Copies.list(sourceFields);
    }
}
