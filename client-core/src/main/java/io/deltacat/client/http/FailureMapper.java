package io.deltacat.client.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.CallInterrupted;
import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.FailureContext;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.NotFound;
import io.deltacat.client.PermissionDenied;
import io.deltacat.client.RateLimited;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.Unauthenticated;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.UnreadableReply;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one place that turns failed attempts into typed errors: replies with an error status, replies that cannot be read,
 * refusals inside a success reply, and transport failures. Pure; holds no state but the server's address and the masks.
 */
final class FailureMapper {
    /** Headers under which proxies and servers name a request, most telling first (data-plane.md §4). */
    private static final List<String> REQUEST_ID_HEADERS =
            List.of("x-request-id", "x-amzn-requestid", "x-amzn-trace-id");

    /** Codes of 503 replies that do not rule out that a write was applied (data-plane.md §1.12). */
    private static final Set<String> UNSETTLED_CODES =
            Set.of("write_session_commit_replay_required", "write_session_commit_ambiguous");

    private final String baseUri;
    private final Redactor redactor;
    private final JsonMapper mapper;

    FailureMapper(String baseUri, Redactor redactor, JsonMapper mapper) {
        this.baseUri = baseUri;
        this.redactor = redactor;
        this.mapper = mapper;
    }

    /** Maps a reply whose status is not a success. */
    DeltaCatException fromStatus(WireCall call, HttpReply reply) {
        ErrorBody body = ErrorBody.parse(reply.body(), mapper);
        int status = reply.status();
        String code = body.code() != null ? body.code() : defaultCode(status, body);
        boolean retryable = body.retryable() != null
                ? body.retryable()
                : status == 423 || status == 429 || status == 503 || status == 504;
        String problem = body.message() != null ? body.message() : "the server gave no reason";
        FailureContextBuilder context = context(call, reply, body)
                .code(code)
                .problem(withoutStop(problem))
                .retryable(retryable)
                .conflictClass(body.details().get("conflict_class"));
        boolean write = call.repeatability() != Repeatability.READ;
        if (status < 400) {
            String location = reply.header("location").orElse("elsewhere");
            return new InvalidRequest(context.code("redirected")
                    .problem("the server at " + baseUri + " redirects to '" + location + "'")
                    .cure("Set the client's uri to the address that serves the API; redirects are not followed.")
                    .build());
        }
        return switch (status) {
            case 401 ->
                new Unauthenticated(context.cure(
                                "Give the client a valid bearer token, or none if the server runs without authentication.")
                        .build());
            case 403 ->
                new PermissionDenied(context.cure("Ask an owner of the object for the grant, or use another identity.")
                        .build());
            case 404, 410 ->
                new NotFound(context.cure(
                                code.equals(NotFound.ROUTE_MISSING)
                                        ? "Check that the uri points at the API itself; older servers lack this route."
                                        : "Check the name or id and the catalog, or create it first.")
                        .build());
            case 409, 412, 423 ->
                new Conflict(context.cure(conflictCure(status, body)).build());
            case 429 ->
                new RateLimited(context.cure("Wait for the time in Retry-After, or send fewer requests.")
                        .build());
            case 408, 500, 502, 503, 504 -> {
                if (write && !isRefusedForSure(status, code, body)) {
                    yield new UnknownOutcome(context.cure(lookFirst(call)).build());
                }
                yield new ServerUnavailable(
                        context.cure("Try again later and look at the log of the server at " + baseUri + ".")
                                .build());
            }
            default ->
                status >= 500
                        ? new ServerUnavailable(context.cure("Look at the log of the server at " + baseUri + ".")
                                .build())
                        : new InvalidRequest(context.cure("Correct the named value and call again.")
                                .build());
        };
    }

    /** Maps a success reply that carries a refusal: a filled {@code error} or a false flag. */
    DeltaCatException fromRefusal(WireCall call, HttpReply reply, String problem) {
        return new InvalidRequest(context(call, reply, ErrorBody.parse(new byte[0], mapper))
                .code("refused")
                .bodyExcerpt(null)
                .problem(withoutStop("the server answered with success and refused: " + problem))
                .cure("Look at the named object's state and correct the call.")
                .build());
    }

    /** Maps a success reply whose body is not what the protocol says. */
    DeltaCatException fromUnreadable(WireCall call, HttpReply reply, String expected, Exception cause) {
        FailureContext context = FailureContextBuilder.builder(
                        baseContext(call, reply).build())
                .code("unreadable_reply")
                .problem("the reply is not the JSON of a " + expected)
                .bodyExcerpt(redactor.mask(ErrorBody.excerpt(reply.body())))
                .cure(
                        call.repeatability() == Repeatability.READ
                                ? "Check that a DeltaCAT server answers at " + baseUri + "."
                                : lookFirst(call))
                .build();
        // the parser's own message quotes the body, so it is not kept as the cause
        Exception safe = new IllegalArgumentException(cause.getClass().getSimpleName() + " while reading the reply");
        return call.repeatability() == Repeatability.READ
                ? new UnreadableReply(context, safe)
                : new UnknownOutcome(context, safe);
    }

    /** Maps an attempt without a reply. */
    DeltaCatException fromTransport(WireCall call, TransportFailure original) {
        TransportFailure failure = safe(original);
        FailureContextBuilder context = FailureContextBuilder.builder()
                .method(call.method())
                .path(call.path())
                .code("transport_error")
                .problem(withoutStop(String.valueOf(failure.getMessage())))
                .retryable(true)
                .details(Map.of());
        boolean write = call.repeatability() != Repeatability.READ;
        return switch (failure.kind()) {
            case NOT_SENT ->
                new ServerUnavailable(
                        context.cure("Check that the server runs and that uri " + baseUri + " is right and reachable.")
                                .build(),
                        failure);
            case NO_REPLY ->
                write
                        ? new UnknownOutcome(context.cure(lookFirst(call)).build(), failure)
                        : new ServerUnavailable(
                                context.cure("Check the server at " + baseUri
                                                + " and the network, or raise the request time-out.")
                                        .build(),
                                failure);
            case INTERRUPTED_BEFORE -> interrupted(context, failure);
            case INTERRUPTED_DURING ->
                write
                        ? new UnknownOutcome(
                                context.code("interrupted")
                                        .cure(lookFirst(call))
                                        .build(),
                                failure)
                        : interrupted(context, failure);
        };
    }

    /** A refusal that follows an attempt with an unknown outcome does not settle that outcome. */
    DeltaCatException stillUnknown(WireCall call, DeltaCatException last) {
        if (last instanceof UnknownOutcome) {
            return last;
        }
        return new UnknownOutcome(
                FailureContextBuilder.builder(last.context())
                        .problem("an earlier attempt got no reply, and the last one ended with "
                                + last.context().problem())
                        .cure(lookFirst(call))
                        .build(),
                last);
    }

    /** The caller's thread was interrupted between two attempts. */
    DeltaCatException interruptedBetweenAttempts(WireCall call, DeltaCatException last, InterruptedException cause) {
        FailureContextBuilder context = FailureContextBuilder.builder(last.context())
                .code("interrupted")
                .problem("interrupted while waiting for another attempt after: "
                        + last.context().problem());
        CallInterrupted interrupted = new CallInterrupted(
                context.cure("Call again if it is still wanted.").build(), cause);
        interrupted.addSuppressed(last);
        return interrupted;
    }

    /** The failure as it is, or, if any text in it shows a secret, a copy with masked texts. */
    private TransportFailure safe(TransportFailure failure) {
        if (isClean(failure)) {
            return failure;
        }
        Throwable below = failure.getCause() == null ? failure : failure.getCause();
        IOException cause = new IOException(
                below.getClass().getSimpleName() + ": " + redactor.mask(String.valueOf(below.getMessage())));
        cause.setStackTrace(below.getStackTrace());
        return new TransportFailure(failure.kind(), redactor.mask(String.valueOf(failure.getMessage())), cause);
    }

    private boolean isClean(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        boolean clean = redactor.mask(text).equals(text);
        for (Throwable suppressed : failure.getSuppressed()) {
            clean &= isClean(suppressed);
        }
        return clean && (failure.getCause() == null || isClean(failure.getCause()));
    }

    private static CallInterrupted interrupted(FailureContextBuilder context, TransportFailure failure) {
        return new CallInterrupted(
                context.code("interrupted")
                        .retryable(false)
                        .cure("Call again if it is still wanted.")
                        .build(),
                failure);
    }

    private FailureContextBuilder context(WireCall call, HttpReply reply, ErrorBody body) {
        FailureContextBuilder context = baseContext(call, reply).details(masked(body.details()));
        if (body.requestId() != null) {
            context.requestId(body.requestId());
        }
        if (body.excerpt() != null) {
            context.bodyExcerpt(redactor.mask(body.excerpt()));
        }
        return context;
    }

    private FailureContextBuilder baseContext(WireCall call, HttpReply reply) {
        FailureContextBuilder context = FailureContextBuilder.builder()
                .method(call.method())
                .path(call.path())
                .status(reply.status())
                .code("unknown")
                .problem("")
                .cure("")
                .details(Map.of());
        for (String header : REQUEST_ID_HEADERS) {
            if (reply.header(header).isPresent()) {
                context.requestId(reply.header(header).get());
                break;
            }
        }
        reply.header("retry-after").flatMap(FailureMapper::seconds).ifPresent(context::retryAfter);
        return context;
    }

    private Map<String, String> masked(Map<String, String> details) {
        Map<String, String> masked = new LinkedHashMap<>();
        details.forEach((key, value) -> masked.put(key, redactor.mask(value)));
        return masked;
    }

    private static Optional<Duration> seconds(String header) {
        try {
            double seconds = Double.parseDouble(header.strip());
            if (seconds >= 0 && seconds <= 86_400) {
                return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
            }
        } catch (NumberFormatException e) {
            // the date form of the header: not used by the protocol, so it is not a floor
        }
        return Optional.empty();
    }

    /** The server itself answered that it did not admit the write. */
    private static boolean isRefusedForSure(int status, String code, ErrorBody body) {
        if ("false".equals(body.details().get("admitted"))) {
            return true;
        }
        return status == 503
                && body.code() != null
                && !UNSETTLED_CODES.contains(code)
                && !"true".equals(body.details().get("admitted"));
    }

    private static String defaultCode(int status, ErrorBody body) {
        if (body.detailList()) {
            return "http_validation_error";
        }
        return switch (status) {
            case 400 -> "invalid_request";
            case 401 -> "authentication_required";
            case 403 -> "permission_denied";
            case 404 ->
                body.message() == null || body.message().equals("Not Found") ? NotFound.ROUTE_MISSING : "not_found";
            case 409 -> "conflict";
            case 410 -> "gone";
            case 423 -> "locked";
            case 429 -> "rate_limited";
            case 500 -> "internal_server_error";
            case 503 -> "service_unavailable";
            case 504 -> "upstream_timeout";
            default -> "http_" + status;
        };
    }

    private static String conflictCure(int status, ErrorBody body) {
        if (status == 423) {
            return "Wait until the holder of the lock is done and call again.";
        }
        String conflictClass = body.details().get("conflict_class");
        if (conflictClass == null) {
            return "Read the object's present state and decide anew.";
        }
        return conflictClass.equals("retryable_stale_read")
                ? "Read the table's present state and write again with a new session or transaction."
                : "Do not write again before the outcome of the other writer is known.";
    }

    private static String lookFirst(WireCall call) {
        String path = call.path();
        if (path.contains("/write-sessions/")) {
            return "Get the session to see whether it was applied; do not repeat or abort it before.";
        }
        if (path.contains("/v1/transactions/")) {
            return "Get the transaction to see whether it was applied; do not repeat or abort it before.";
        }
        return "Look at the object on the server to see whether it was applied before calling again.";
    }

    private String withoutStop(String text) {
        String line = redactor.mask(text).strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
