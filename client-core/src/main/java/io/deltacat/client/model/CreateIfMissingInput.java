package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a write session creates its table (data-plane.md §1.2). Closed. Wire name {@code CreateIfMissingInput}.
 *
 * @param autoCreateNamespace null means true here, unlike in {@link CreateTableRequest}
 * @param newTableId canonical UUID for the table, or null
 * @param schemaDef base64 Arrow IPC schema as text, or a list of {@link SchemaFieldInput}
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
