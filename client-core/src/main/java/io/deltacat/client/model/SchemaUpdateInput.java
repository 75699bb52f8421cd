package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Request body {@code SchemaUpdateInput} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record SchemaUpdateInput(List<SchemaUpdateOperationInput> operations, boolean allowIncompatibleChanges) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public SchemaUpdateInput {
        operations = Copies.list(operations);
    }
}
