package io.deltacat.client.http;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One protocol call before it is encoded: method, path, query, body, and whether it may be repeated. A builder confined to
 * the calling thread.
 */
public final class WireCall {
    private final String method;
    private final StringBuilder path = new StringBuilder();
    private final StringBuilder query = new StringBuilder();
    private final Repeatability repeatability;
    private @Nullable Object body;
    private @Nullable Duration timeout;
    private boolean retried = true;

    private WireCall(String method, Repeatability repeatability) {
        this.method = method;
        this.repeatability = repeatability;
    }

    /**
     * Begins a read by GET.
     *
     * @param segments path segments in plain text; each is percent-encoded, a slash inside it too
     * @return the call
     */
    public static WireCall get(String... segments) {
        return new WireCall("GET", Repeatability.READ).segments(segments);
    }

    /**
     * Begins a call of any method.
     *
     * @param method HTTP method in upper case
     * @param repeatability whether it may be sent twice
     * @param segments path segments in plain text
     * @return the call
     */
    public static WireCall of(String method, Repeatability repeatability, String... segments) {
        return new WireCall(method, repeatability).segments(segments);
    }

    /**
     * Adds a query parameter; an absent value adds none, since a null query parameter is never sent.
     *
     * @param name parameter name
     * @param value its value, printed by {@code toString}, or null
     * @return this call
     */
    public WireCall query(String name, @Nullable Object value) {
        if (value != null) {
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encode(value.toString()));
        }
        return this;
    }

    /**
     * Sets the body.
     *
     * @param record wire record to send as JSON
     * @return this call
     */
    public WireCall body(Object record) {
        this.body = requireNonNull(record, "record");
        return this;
    }

    /**
     * Sets a time-out other than the client's request time-out.
     *
     * @param duration how long one attempt may take
     * @return this call
     */
    public WireCall timeout(Duration duration) {
        this.timeout = requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Sends the call once, since the caller decides about repetitions itself.
     *
     * @return this call
     */
    public WireCall withoutRetry() {
        this.retried = false;
        return this;
    }

    String method() {
        return method;
    }

    String target() {
        return path.toString() + query;
    }

    String path() {
        return path.toString();
    }

    Repeatability repeatability() {
        return repeatability;
    }

    boolean retried() {
        return retried;
    }

    Optional<Object> body() {
        return Optional.ofNullable(body);
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    private WireCall segments(String... segments) {
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("URL path segment is '" + segment
                        + "'; expected a name or id. Give the name or id of an existing object.");
            }
            path.append('/').append(encode(segment));
        }
        return this;
    }

    /** Percent-encodes everything but unreserved characters. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
