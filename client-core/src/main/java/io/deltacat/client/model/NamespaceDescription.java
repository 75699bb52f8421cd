package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code NamespaceResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record NamespaceDescription(
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, JsonNode> properties) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public NamespaceDescription {
        properties = Copies.nullableMap(properties);
    }
}
