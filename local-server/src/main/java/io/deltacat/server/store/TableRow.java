package io.deltacat.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table at a snapshot.
 *
 * @param stateKey key of this state
 * @param tableId id that stays when the table is renamed
 * @param namespace its namespace
 * @param name its name
 * @param description null if none
 * @param properties free JSON by name
 */
public record TableRow(
        long stateKey,
        String tableId,
        String namespace,
        String name,
        @Nullable String description,
        Map<String, JsonNode> properties) {}
