package io.deltacat.client.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, ready to send. Immutable; {@link #toString()} shows method and path only.
 *
 * @param method HTTP method in upper case
 * @param target encoded path, with the query if there is one, beginning with a slash
 * @param headers header names and values; may hold secrets
 * @param body JSON text, or null for none
 * @param timeout how long the whole call may take
 */
public record HttpRequest(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body,
        Duration timeout) {
    /** Copies the headers. */
    public HttpRequest {
        requireNonNull(method, "method");
        requireNonNull(target, "target");
        headers = new LinkedHashMap<>(headers);
        requireNonNull(timeout, "timeout");
    }

    /**
     * Gives the target without the query.
     *
     * @return the encoded path
     */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public String toString() {
        return method + " " + path();
    }
}
