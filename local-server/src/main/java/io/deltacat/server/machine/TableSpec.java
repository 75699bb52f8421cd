package io.deltacat.server.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SortScheme;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table to create, checked. Immutable.
 *
 * @param tableId id it will get
 * @param namespace its namespace
 * @param table its name
 * @param tableVersion name of its first version
 * @param autoCreateNamespace whether a missing namespace is created with it
 * @param namespaceProperties properties of a namespace created with it
 * @param description for the table; absent is null
 * @param versionDescription for the version; absent is null
 * @param tableProperties free JSON by name
 * @param versionProperties free JSON by name
 * @param lifecycleState state of the version
 * @param schema null for a schemaless table
 * @param partitionScheme null for an unpartitioned table
 * @param sortScheme null without sort order
 * @param contentTypes content types that may be written; empty for any
 */
@RecordBuilder
public record TableSpec(
        String tableId,
        String namespace,
        String table,
        String tableVersion,
        boolean autoCreateNamespace,
        Map<String, JsonNode> namespaceProperties,
        @Nullable String description,
        @Nullable String versionDescription,
        Map<String, JsonNode> tableProperties,
        Map<String, JsonNode> versionProperties,
        String lifecycleState,
        @Nullable SchemaSpec schema,
        @Nullable PartitionScheme partitionScheme,
        @Nullable SortScheme sortScheme,
        List<String> contentTypes) {
    /** Copies collections. */
    public TableSpec {
        namespaceProperties = Map.copyOf(namespaceProperties);
        tableProperties = Map.copyOf(tableProperties);
        versionProperties = Map.copyOf(versionProperties);
        contentTypes = List.copyOf(contentTypes);
    }
}
