package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.WriteOnce;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a request says about writing once, and computes the id of its session. Stateless. */
final class WriteOnceRequests {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_KEY_BYTES = 1024;
    private static final int LONGEST_CONTEXT_BYTES = 16 * 1024;
    private static final int ID_DIGITS = 32;
    private static final int MAP_OF_FIVE = 0x85;
    private static final int SHORT_TEXT = 0xa0;
    private static final int LONGEST_SHORT_TEXT = 31;
    private static final int TEXT_OF_ONE_BYTE_LENGTH = 0xd9;
    private static final int TEXT_OF_TWO_BYTES_LENGTH = 0xda;
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private WriteOnceRequests() {}

    /**
     * What the request says.
     *
     * @param request the body
     * @return null if the session need not be the only write of its key
     * @throws RefusedException naming the field that is missing, malformed or does not belong here
     */
    static @Nullable WriteOnce of(WriteSessionCreateRequest request) {
        JsonNode context = request.writeOnceInputContext();
        if (!request.writeOnce()) {
            boolean hasContext = context != null && !context.isNull();
            if (hasContext || request.writeOnceInputSha256() != null) {
                throw refused(
                        RefusalKind.INVALID_REQUEST,
                        hasContext ? "write_once_input_context" : "write_once_input_sha256",
                        "comes without 'write_once'; send both or none");
            }
            return null;
        }
        String key = request.writeKey();
        if (key == null || key.isBlank() || !key.equals(key.strip()) || bytes(key).length > LONGEST_KEY_BYTES) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    "write_key",
                    "is " + (key == null ? "missing" : "'" + key + "'") + "; write_once needs a key of 1 to "
                            + LONGEST_KEY_BYTES + " bytes without blanks around it");
        }
        if (request.transactionId() != null) {
            throw refused(
                    RefusalKind.UNSUPPORTED,
                    "write_once",
                    "cannot be bound to a transaction, which may end without it; leave 'transaction_id' out");
        }
        String digest = request.writeOnceInputSha256();
        if (digest == null || !DIGEST.matcher(digest).matches()) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    "write_once_input_sha256",
                    "is " + (digest == null ? "missing" : "'" + digest + "'") + "; expected 64 hex digits");
        }
        return new WriteOnce(scope(request), digest, context == null || context.isNull() ? null : context(context));
    }

    /** The id of the session, which a client can compute as well. */
    static String sessionId(String catalog, String namespace, String table, String writeKey) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(MAP_OF_FIVE);
        text(packed, "write_once");
        packed.write(1);
        text(packed, "catalog");
        text(packed, catalog);
        text(packed, "namespace");
        text(packed, namespace);
        text(packed, "table");
        text(packed, table);
        text(packed, "write_key");
        text(packed, writeKey);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(packed.toByteArray());
            return "ws_" + HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** Refuses another write under a key that has one. */
    static void requireSame(WriteOnce stored, WriteOnce asked, String sessionId) {
        String difference = stored.difference(asked);
        if (difference != null) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "write session '" + sessionId + "' is the one write of this write_key and differs in "
                                    + difference + "; use another write_key for another input")
                    .with("session_id", sessionId)
                    .with("field", difference)
                    .asException();
        }
    }

    private static String scope(WriteSessionCreateRequest request) {
        return ReplyCodec.digest(String.join(
                "\u0000",
                request.mode(),
                request.format(),
                String.valueOf(request.tableVersion()),
                String.valueOf(request.layout()),
                String.valueOf(request.root()),
                String.valueOf(request.expectedTableId()),
                Boolean.toString(request.allowExternalEntries()),
                String.valueOf(request.ownerKey())));
    }

    private static String context(JsonNode node) {
        if (!node.isObject()) {
            throw refused(RefusalKind.INVALID_FIELD, "write_once_input_context", "is no JSON object");
        }
        String text = ReplyCodec.encode(SORTED.convertValue(node, TreeMap.class));
        if (bytes(text).length > LONGEST_CONTEXT_BYTES) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    "write_once_input_context",
                    "has " + bytes(text).length + " bytes; expected at most " + LONGEST_CONTEXT_BYTES);
        }
        return text;
    }

    /** A text as MessagePack has it. */
    private static void text(ByteArrayOutputStream packed, String text) {
        byte[] bytes = bytes(text);
        if (bytes.length <= LONGEST_SHORT_TEXT) {
            packed.write(SHORT_TEXT | bytes.length);
        } else if (bytes.length <= 0xff) {
            packed.write(TEXT_OF_ONE_BYTE_LENGTH);
            packed.write(bytes.length);
        } else {
            packed.write(TEXT_OF_TWO_BYTES_LENGTH);
            packed.write(bytes.length >> 8);
            packed.write(bytes.length);
        }
        packed.writeBytes(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RefusedException refused(RefusalKind kind, String field, String why) {
        return Refusal.of(kind, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
