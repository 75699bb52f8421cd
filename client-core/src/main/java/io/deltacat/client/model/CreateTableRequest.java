package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code CreateTableRequest} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record CreateTableRequest(
        String table,
        boolean autoCreateNamespace,
        @Nullable List<String> contentTypes,
        @Nullable String defaultContentType,
        @Nullable Boolean failIfExists,
        @Nullable String layout,
        @Nullable String lifecycleState,
        @Nullable Map<String, JsonNode> namespaceProperties,
        @Nullable PartitionSchemeInput partitionScheme,
        @Nullable JsonNode schemaDef,
        @Nullable SortSchemeInput sortScheme,
        @Nullable String tableDescription,
        @Nullable Map<String, JsonNode> tableProperties,
        @Nullable String tableVersion,
        @Nullable String tableVersionDescription,
        @Nullable Map<String, JsonNode> tableVersionProperties) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public CreateTableRequest {
        contentTypes = Copies.nullableList(contentTypes);
        namespaceProperties = Copies.nullableMap(namespaceProperties);
        tableProperties = Copies.nullableMap(tableProperties);
        tableVersionProperties = Copies.nullableMap(tableVersionProperties);
    }
}
