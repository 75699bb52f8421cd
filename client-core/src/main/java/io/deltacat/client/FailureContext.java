package io.deltacat.client;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a failed call. Every text in it is free of secrets: whoever fills it has masked them. Immutable.
 *
 * @param method HTTP method, or null if the failure has nothing to do with a request
 * @param path URL path without the query, or null likewise
 * @param status HTTP status, or 0 if there was no reply
 * @param code the server's error code, or one of ours where it gave none, such as {@code transport_error}
 * @param problem what failed, with thing and value, as one line without a final full stop
 * @param requestId id under which the server's log knows the request, or null
 * @param conflictClass {@code conflict_class} of a conflict, or null
 * @param retryable whether the same call may succeed later, as far as the server or the transport can tell
 * @param retryAfter how long the server asks to wait, or null
 * @param details scalar entries of the server's {@code details}, as text
 * @param bodyExcerpt up to 2 KB of a reply body that is not of a documented shape, or null
 * @param cure what to do about it, one sentence with its full stop
 */
@RecordBuilder
public record FailureContext(
        @Nullable String method,
        @Nullable String path,
        int status,
        String code,
        String problem,
        @Nullable String requestId,
        @Nullable String conflictClass,
        boolean retryable,
        @Nullable Duration retryAfter,
        Map<String, String> details,
        @Nullable String bodyExcerpt,
        String cure)
        implements Serializable {

    /** Copies the details; none given means empty. */
    @SuppressWarnings("ConstantValue") // builders leave components out
    public FailureContext {
        details = details == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /**
     * Composes the one-line message: request, status and code, problem, request id, cure.
     *
     * @return the text
     */
    public String message() {
        StringBuilder text = new StringBuilder();
        if (method != null) {
            text.append(method).append(' ').append(path).append(": ");
        }
        if (status > 0) {
            text.append(status).append(' ');
        }
        text.append(code).append(": ").append(problem);
        if (conflictClass != null) {
            text.append(" (conflict class ").append(conflictClass).append(')');
        }
        if (bodyExcerpt != null && !bodyExcerpt.isBlank()) {
            text.append("; the reply began with '")
                    .append(firstLine(bodyExcerpt))
                    .append('\'');
        }
        if (requestId != null) {
            text.append(" (request id ").append(requestId).append(')');
        }
        return text.append(". ").append(cure).toString();
    }

    private static String firstLine(String excerpt) {
        String line = excerpt.strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
