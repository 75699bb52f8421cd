package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates a table (versions.md). Closed on newer servers; servers before 0.1.3 ignore schemes, content types and
 * versions, so describe the table afterwards. Wire name {@code CreateTableRequest}.
 *
 * @param autoCreateNamespace whether to create a missing namespace; always sent, since its default changed between
 *     versions
 * @param contentTypes content types the table accepts, null for all
 * @param defaultContentType such as {@code parquet}
 * @param failIfExists false makes creation of an existing table a success with {@code created=false}; null means
 *     true
 * @param schemaDef base64 Arrow IPC schema as text, or a list of {@link SchemaFieldInput}
 * @param tableVersion version to create, null for the first
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
