package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code CreateNamespaceRequest} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record CreateNamespaceRequest(
        String namespace, @Nullable Map<String, JsonNode> properties) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public CreateNamespaceRequest {
        properties = Copies.nullableMap(properties);
    }
}
