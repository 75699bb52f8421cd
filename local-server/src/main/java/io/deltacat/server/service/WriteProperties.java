package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Properties of a table that say how to write to it; those of the version win over those of the table. Immutable.
 *
 * @param evolutionMode {@code auto}, {@code manual} or {@code disabled}
 * @param consistencyType {@code none}, {@code coerce} or {@code validate}
 */
record WriteProperties(String evolutionMode, String consistencyType) {
    /** Mode in which the schema stays as it is. */
    static final String DISABLED = "disabled";

    private static final String AUTO = "auto";

    /** What holds where nothing is said. */
    static final WriteProperties DEFAULT = new WriteProperties("manual", "none");

    /** Reads them. */
    static WriteProperties of(Map<String, JsonNode> version, Map<String, JsonNode> table) {
        return new WriteProperties(
                word(version, table, "schema_evolution_mode", DEFAULT.evolutionMode),
                word(version, table, "default_schema_consistency_type", DEFAULT.consistencyType));
    }

    /** Whether a commit brings the columns of its files into the table. */
    boolean evolvesByItself() {
        return evolutionMode.equals(AUTO);
    }

    private static String word(
            Map<String, JsonNode> version, Map<String, JsonNode> table, String key, String otherwise) {
        JsonNode value = version.containsKey(key) ? version.get(key) : table.get(key);
        return value == null || value.isNull() ? otherwise : value.asText();
    }
}
