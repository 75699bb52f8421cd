package io.deltacat.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A namespace at a snapshot.
 *
 * @param stateKey key of this state
 * @param name its name
 * @param properties free JSON by name
 */
public record NamespaceRow(long stateKey, String name, Map<String, JsonNode> properties) {}
