package io.deltacat.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SortScheme;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table version at a snapshot.
 *
 * @param stateKey key of this state
 * @param tableId its table
 * @param tableVersion its name
 * @param ordinal order among the versions of the table
 * @param description null if none
 * @param lifecycleState its state
 * @param schemaId its schema; null for schemaless
 * @param partitionScheme null if unpartitioned
 * @param sortScheme null if unsorted
 * @param properties free JSON by name
 * @param contentTypes content types that may be written; empty for any
 */
@RecordBuilder
public record TableVersionRow(
        long stateKey,
        String tableId,
        String tableVersion,
        long ordinal,
        @Nullable String description,
        String lifecycleState,
        @Nullable Long schemaId,
        @Nullable PartitionScheme partitionScheme,
        @Nullable SortScheme sortScheme,
        Map<String, JsonNode> properties,
        List<String> contentTypes) {}
