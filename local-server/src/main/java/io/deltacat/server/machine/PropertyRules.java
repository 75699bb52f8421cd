package io.deltacat.server.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Properties of namespaces, tables and versions: how they change, and the values of those this server acts on. Pure. */
public final class PropertyRules {
    private static final Map<String, List<String>> WORDS = Map.of(
            "read_optimization_level", List.of("none", "balanced", "moderate", "max"),
            "schema_evolution_mode", List.of("manual", "auto", "disabled"),
            "default_schema_consistency_type", List.of("none", "coerce", "validate"));
    private static final List<String> COUNTS = List.of(
            "records_per_compacted_file",
            "appended_record_count_compaction_trigger",
            "appended_file_count_compaction_trigger",
            "appended_delta_count_compaction_trigger",
            "default_compaction_hash_bucket_count",
            RetentionRules.COUNT,
            RetentionRules.DAYS);

    private PropertyRules() {}

    /**
     * Checks the values of known properties; unknown ones are the caller's own.
     *
     * @param field name of the body field, for messages
     * @param properties what the request carries; null for none
     * @throws RefusedException naming the property and its value
     */
    public static void check(String field, @Nullable Map<String, JsonNode> properties) {
        if (properties == null) {
            return;
        }
        properties.forEach((key, value) -> {
            if (value == null || value.isNull()) {
                return;
            }
            List<String> words = WORDS.get(key);
            if (words != null && !words.contains(value.asText())) {
                throw refused(field + "." + key, value, "one of " + String.join(", ", words));
            }
            if (COUNTS.contains(key) && !isCount(value)) {
                throw refused(field + "." + key, value, "a whole number above 0");
            }
        });
    }

    /**
     * Changes some properties: what is given replaces, a null value removes, what is not given stays.
     *
     * @param now properties as they are
     * @param changes what the request carries; null for no change
     * @return the properties afterwards
     */
    public static Map<String, JsonNode> merged(Map<String, JsonNode> now, @Nullable Map<String, JsonNode> changes) {
        if (changes == null) {
            return now;
        }
        Map<String, JsonNode> merged = new LinkedHashMap<>(now);
        changes.forEach((key, value) -> {
            if (value == null || value.isNull()) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private static boolean isCount(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().matches("[1-9][0-9]{0,17}");
        }
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0;
    }

    private static RefusedException refused(String field, JsonNode value, String expected) {
        return Refusal.of(RefusalKind.INVALID_FIELD, "field '" + field + "' is " + value + "; expected " + expected)
                .with("field", field)
                .asException();
    }
}
