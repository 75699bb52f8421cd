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
        Map<String, JsonNode> properties) {
    /**
     * Whether another row says the same, apart from its key.
     *
     * @param other a row
     * @return true if storing this row in its place would change nothing
     */
    public boolean isLike(TableRow other) {
        return equals(new TableRow(
                stateKey, other.tableId, other.namespace, other.name, other.description, other.properties));
    }
}
