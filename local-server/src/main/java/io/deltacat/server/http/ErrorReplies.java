package io.deltacat.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.server.api.Reply;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.util.Map;

/** The one place that turns refusals into status codes and error envelopes (protocol/data-plane.md §4). */
final class ErrorReplies {
    private final JsonMapper mapper = JsonMapper.builder().build();

    Reply of(Refusal refusal, String requestId) {
        WireError error = wireError(refusal.kind());
        Object code = refusal.details().getOrDefault("code", error.code());
        Reply reply = envelope(
                error.status(), code.toString(), refusal.message(), error.retryable(), refusal.details(), requestId);
        if (error.status() == 401) {
            return reply.withHeader("WWW-Authenticate", "Bearer");
        }
        return error.retryable() ? reply.withHeader("Retry-After", "1") : reply;
    }

    Reply bug(String requestId) {
        return envelope(
                500,
                "internal_server_error",
                "the server failed on this request; see its log under request_id '" + requestId + "'",
                false,
                Map.of(),
                requestId);
    }

    Reply envelope(
            int status, String code, String message, boolean retryable, Map<String, Object> details, String requestId) {
        ObjectNode root = mapper.createObjectNode();
        ObjectNode error = root.putObject("error");
        error.put("code", code);
        error.put("message", message);
        error.put("retryable", retryable);
        ObjectNode target = error.putObject("details");
        details.forEach((key, value) -> {
            if (!key.equals("code")) {
                target.putPOJO(key, value);
            }
        });
        error.put("request_id", requestId);
        try {
            return Reply.json(status, mapper.writeValueAsBytes(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode error envelope with code '" + code + "'", e);
        }
    }

    /** Status, wire code and whether the same request may succeed later; an enum constant without a line does not compile. */
    static WireError wireError(RefusalKind kind) {
        return switch (kind) {
            case MALFORMED -> new WireError(400, "invalid_request", false);
            case INVALID_FIELD -> new WireError(422, "http_validation_error", false);
            case INVALID_REQUEST -> new WireError(400, "invalid_request", false);
            case UNSUPPORTED -> new WireError(400, "unsupported_operation", false);
            case UNAUTHENTICATED -> new WireError(401, "authentication_required", false);
            case NO_SUCH_ROUTE -> new WireError(404, "not_found", false);
            case METHOD_NOT_ALLOWED -> new WireError(405, "method_not_allowed", false);
            case NOT_FOUND -> new WireError(404, "not_found", false);
            case ALREADY_EXISTS -> new WireError(409, "already_exists", false);
            case STALE_VERSION -> new WireError(409, "stale_version", false);
            case WRONG_STATE -> new WireError(409, "conflict", false);
            case OPERATION_REUSED -> new WireError(409, "operation_id_reused", false);
            case CONCURRENT_MODIFICATION -> new WireError(409, "concurrent_modification", false);
            case EXPIRED -> new WireError(410, "expired", false);
            case TOO_LARGE -> new WireError(413, "payload_too_large", false);
            case UNAVAILABLE -> new WireError(503, "service_unavailable", true);
        };
    }

    /** How one kind of refusal looks on the wire. */
    record WireError(int status, String code, boolean retryable) {}
}
