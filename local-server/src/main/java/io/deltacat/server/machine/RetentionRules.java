package io.deltacat.server.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits on what is kept of replaced partitions and streams: properties of a table version, else of its table, else of the
 * namespace, one by one. Without a limit everything is kept. Pure.
 */
public final class RetentionRules {
    /** How many replaced partitions and streams are kept. */
    public static final String COUNT = "retention_count";

    /** For how many days they are kept. */
    public static final String DAYS = "retention_days";

    private RetentionRules() {}

    /**
     * The limits that hold.
     *
     * @param properties from the nearest to the farthest
     * @return limits by name; empty if everything is kept
     */
    public static Map<String, JsonNode> effective(List<Map<String, JsonNode>> properties) {
        Map<String, JsonNode> limits = new LinkedHashMap<>();
        for (String limit : List.of(COUNT, DAYS)) {
            properties.stream()
                    .map(level -> level.get(limit))
                    .filter(value -> value != null && !value.isNull())
                    .findFirst()
                    .ifPresent(value -> limits.put(limit, value));
        }
        return limits;
    }
}
