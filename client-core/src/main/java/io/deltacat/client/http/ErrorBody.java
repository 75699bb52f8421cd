package io.deltacat.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an error reply says, in either dialect of the protocol (data-plane.md §4): the envelope
 * {@code {"error":{"code","message","retryable","details","request_id"}}} or FastAPI's {@code {"detail": text | object |
 * list}}. Anything else, JSON or not, is kept as an excerpt.
 *
 * @param code the server's code, or null
 * @param message the server's text, or null
 * @param retryable the server's word on it, or null
 * @param requestId request id, or null
 * @param details scalar entries of {@code details}
 * @param detailList whether the body was a FastAPI validation list
 * @param excerpt up to 2 KB of a body of another shape, or null
 */
record ErrorBody(
        @Nullable String code,
        @Nullable String message,
        @Nullable Boolean retryable,
        @Nullable String requestId,
        Map<String, String> details,
        boolean detailList,
        @Nullable String excerpt) {
    private static final int EXCERPT_BYTES = 2048;

    static ErrorBody parse(byte[] body, JsonMapper mapper) {
        JsonNode root;
        try {
            root = mapper.readTree(body);
        } catch (JsonProcessingException e) {
            return unknown(body);
        } catch (IOException e) {
            return unknown(body);
        }
        if (root == null || !root.isObject()) {
            return unknown(body);
        }
        JsonNode error = root.path("error");
        if (error.isObject()) {
            return envelope(error);
        }
        if (error.isTextual()) {
            return plain(error.textValue());
        }
        JsonNode detail = root.path("detail");
        if (detail.isTextual()) {
            return plain(detail.textValue());
        }
        if (detail.isArray()) {
            return new ErrorBody(null, validationText(detail), null, null, Map.of(), true, null);
        }
        if (detail.isObject()) {
            JsonNode nested = detail.path("error");
            return envelope(nested.isObject() ? nested : detail);
        }
        return unknown(body);
    }

    private static ErrorBody envelope(JsonNode error) {
        Map<String, String> details = new LinkedHashMap<>();
        JsonNode node = error.path("details");
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                details.put(entry.getKey(), entry.getValue().asText());
            }
        }
        for (String key : new String[] {"conflict_class", "admitted", "outcome"}) {
            JsonNode value = error.path(key);
            if (value.isValueNode() && !value.isNull()) {
                details.putIfAbsent(key, value.asText());
            }
        }
        JsonNode retryable = error.path("retryable");
        String message = text(error, "message");
        return new ErrorBody(
                text(error, "code"),
                message == null ? error.toString() : message,
                retryable.isBoolean() ? retryable.booleanValue() : null,
                text(error, "request_id"),
                details,
                false,
                null);
    }

    private static String validationText(JsonNode list) {
        StringBuilder text = new StringBuilder();
        for (JsonNode item : list) {
            if (!text.isEmpty()) {
                text.append("; ");
            }
            StringBuilder field = new StringBuilder();
            for (JsonNode part : item.path("loc")) {
                field.append(field.isEmpty() ? "" : ".").append(part.asText());
            }
            text.append(field.isEmpty() ? "request" : field).append(": ");
            text.append(item.path("msg").asText(item.toString()));
        }
        return text.isEmpty() ? "the request did not pass validation" : text.toString();
    }

    private static @Nullable String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }

    private static ErrorBody plain(String message) {
        return new ErrorBody(null, message, null, null, Map.of(), false, null);
    }

    private static ErrorBody unknown(byte[] body) {
        return new ErrorBody(null, null, null, null, Map.of(), false, excerpt(body));
    }

    static String excerpt(byte[] body) {
        int length = Math.min(body.length, EXCERPT_BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(body, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("a replacing decoder reported malformed input", e);
        }
    }
}
