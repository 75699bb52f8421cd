package io.deltacat.server.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.WireJson;
import io.deltacat.server.store.Digests;

/**
 * Turns reply records into the JSON that is sent and, for operations with an id, stored. Absent values are left out: every field that
 * can be absent is optional in the protocol, and the Python client refuses null for some of them.
 */
public final class ReplyCodec {
    private static final JsonMapper MAPPER = mapper();

    private ReplyCodec() {}

    /**
     * The mapper of replies.
     *
     * @return a new mapper; thread-safe once configured
     */
    public static JsonMapper mapper() {
        return WireJson.serverMapper()
                .rebuild()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
    }

    /**
     * Encodes a reply.
     *
     * @param reply a wire record or a list of them
     * @return its JSON text
     */
    public static String encode(Object reply) {
        try {
            return MAPPER.writeValueAsString(reply);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode " + reply.getClass().getSimpleName(), e);
        }
    }

    /**
     * A field of an encoded reply.
     *
     * @param json result of {@link #encode}
     * @param field name of a text field that is there
     * @return its value
     */
    static String text(String json, String field) {
        return tree(json).get(field).asText();
    }

    /**
     * JSON text as a tree.
     *
     * @param json text that this server stored
     * @return the tree
     */
    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored text is no JSON", e);
        }
    }

    /**
     * The digest of a text.
     *
     * @param text any text
     * @return SHA-256 as 64 hex digits
     */
    public static String digest(String text) {
        return Digests.sha256Hex(text);
    }
}
