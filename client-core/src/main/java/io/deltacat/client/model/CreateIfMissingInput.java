package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code CreateIfMissingInput} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record CreateIfMissingInput(
        @Nullable Boolean autoCreateNamespace,
        @Nullable String defaultContentType,
        @Nullable String layout,
        @Nullable Map<String, JsonNode> namespaceProperties,
        @Nullable String newTableId,
        @Nullable PartitionSchemeInput partitionScheme,
        @Nullable JsonNode schemaDef,
        @Nullable SortSchemeInput sortScheme,
        @Nullable String tableDescription,
        @Nullable Map<String, JsonNode> tableProperties,
        @Nullable Map<String, JsonNode> tableVersionProperties) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public CreateIfMissingInput {
        namespaceProperties = Copies.nullableMap(namespaceProperties);
        tableProperties = Copies.nullableMap(tableProperties);
        tableVersionProperties = Copies.nullableMap(tableVersionProperties);
    }
}
