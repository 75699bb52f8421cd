package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Brings the forms in which clients of all versions send entries into the one that is decoded (protocol/data-plane.md §1.6). */
final class EntryBodies {
    private static final List<String> IDS = List.of("partition_scheme_id", "schema_id", "sort_scheme_id");
    private static final String PARTITION_VALUES = "partition_values";

    private EntryBodies() {}

    /**
     * Turns ids that come as numbers into text, and the one value of a partition key that comes by itself into a list.
     *
     * @param entries the list of entries, changed in place; anything else is left to the decoder
     */
    static void normalize(JsonNode entries) {
        for (JsonNode entry : entries) {
            if (entry instanceof ObjectNode object) {
                normalize(object);
            }
        }
    }

    private static void normalize(ObjectNode entry) {
        for (String id : IDS) {
            JsonNode value = entry.path(id);
            if (value.isIntegralNumber()) {
                entry.put(id, value.asText());
            }
        }
        JsonNode values = entry.path(PARTITION_VALUES);
        if (values.isTextual() || values.isNumber() || values.isBoolean()) {
            entry.putArray(PARTITION_VALUES).add(values);
        }
    }
}
