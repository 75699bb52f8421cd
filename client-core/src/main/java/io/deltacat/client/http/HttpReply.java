package io.deltacat.client.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A complete HTTP reply. Immutable; {@link #toString()} shows the status only, since bodies may carry credentials. */
public final class HttpReply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * Holds a reply.
     *
     * @param status HTTP status
     * @param headers header names in any case, last value of each
     * @param body body bytes, owned by this reply from now on
     */
    public HttpReply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.headers.putAll(headers);
        this.body = requireNonNull(body, "body");
    }

    /**
     * Gives the status.
     *
     * @return HTTP status
     */
    public int status() {
        return status;
    }

    /**
     * Looks a header up.
     *
     * @param name header name in any case
     * @return its value, empty if the header is absent or blank
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * Gives the body.
     *
     * @return the bytes; not to be changed
     */
    public byte[] body() {
        return body;
    }

    /**
     * Gives the body as text.
     *
     * @return the body decoded as UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "HttpReply[status=" + status + ", bytes=" + body.length + "]";
    }
}
