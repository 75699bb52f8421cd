package io.deltacat.server.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import java.util.Map;
import java.util.Optional;

/** Checks watermark documents (protocol/control-plane.md §1.1); keys nobody knows are kept. */
final class WatermarkRules {
    private static final String FIELD = "watermark_json";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private WatermarkRules() {}

    /**
     * Checks a document.
     *
     * @param text JSON text of an object, or of null to begin again
     * @return the text to store; empty for none
     */
    static Optional<String> check(String text) {
        JsonNode document;
        try {
            document = MAPPER.readTree(text);
        } catch (JsonProcessingException | NumberFormatException e) {
            throw refused("is no JSON text; expected a JSON object as a string");
        }
        if (document == null || document.isMissingNode()) {
            throw refused("is empty; expected a JSON object as a string");
        }
        if (document.isNull()) {
            return Optional.empty();
        }
        if (!document.isObject()) {
            throw refused(
                    "is no JSON object; expected partition_watermarks, known_partitions and partition_identities");
        }
        checkPositions(document.get("partition_watermarks"));
        checkNames(document.get("known_partitions"));
        checkIdentities(document.get("partition_identities"));
        return Optional.of(text);
    }

    /** The document of a stored text. */
    static JsonNode decodeStored(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored watermark is no JSON", e);
        }
    }

    private static void checkPositions(JsonNode positions) {
        if (isAbsent(positions)) {
            return;
        }
        if (!positions.isObject()) {
            throw refused("has partition_watermarks that are no object; expected slot to position");
        }
        for (Map.Entry<String, JsonNode> slot : positions.properties()) {
            boolean position = slot.getValue().isIntegralNumber()
                    && slot.getValue().canConvertToLong()
                    && slot.getValue().longValue() >= 0;
            if (!position) {
                throw refused("has " + slot.getValue() + " for slot '" + slot.getKey()
                        + "' in partition_watermarks; expected a stream position from 0 on");
            }
        }
    }

    private static void checkNames(JsonNode names) {
        if (isAbsent(names)) {
            return;
        }
        if (!names.isArray()) {
            throw refused("has known_partitions that are no list; expected slots");
        }
        for (JsonNode name : names) {
            if (!name.isTextual()) {
                throw refused("has " + name + " in known_partitions; expected slots as strings");
            }
        }
    }

    private static void checkIdentities(JsonNode identities) {
        if (isAbsent(identities)) {
            return;
        }
        if (!identities.isObject()) {
            throw refused("has partition_identities that are no object; expected slot to [stream_id, partition_id]");
        }
        for (Map.Entry<String, JsonNode> slot : identities.properties()) {
            JsonNode identity = slot.getValue();
            boolean pair = identity.isArray()
                    && identity.size() == 2
                    && identity.get(0).isTextual()
                    && identity.get(1).isTextual();
            boolean named = identity.isObject()
                    && identity.path("stream_id").isTextual()
                    && identity.path("partition_id").isTextual();
            if (!pair && !named) {
                throw refused("has " + identity + " for slot '" + slot.getKey()
                        + "' in partition_identities; expected [stream_id, partition_id]");
            }
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node == null || node.isNull();
    }

    private static RefusedException refused(String why) {
        return Refusal.of(RefusalKind.INVALID_FIELD, "field '" + FIELD + "' " + why)
                .with("field", FIELD)
                .asException();
    }
}
