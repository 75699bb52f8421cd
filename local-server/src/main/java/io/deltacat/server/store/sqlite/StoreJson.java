package io.deltacat.server.store.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.WireJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON inside columns. Keys it does not know are ignored, so that an older release reads what a newer one wrote. */
final class StoreJson {
    private static final TypeReference<Map<String, JsonNode>> PROPERTIES = new TypeReference<>() {};
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};
    private static final JsonMapper MAPPER = WireJson.clientMapper();

    private StoreJson() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode " + value.getClass().getSimpleName(), e);
        }
    }

    static @Nullable String writeNullable(@Nullable Object value) {
        return value == null ? null : write(value);
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw damaged(type.getSimpleName(), e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw damaged(type.getType().getTypeName(), e);
        }
    }

    static <T> @Nullable T readNullable(@Nullable String json, Class<T> type) {
        return json == null ? null : read(json, type);
    }

    static Map<String, JsonNode> properties(String json) {
        return read(json, PROPERTIES);
    }

    static List<String> names(String json) {
        return read(json, NAMES);
    }

    private static IllegalStateException damaged(String what, JsonProcessingException cause) {
        return new IllegalStateException(
                "stored " + what + " cannot be read; the database was written by an incompatible release or is damaged",
                cause);
    }
}
