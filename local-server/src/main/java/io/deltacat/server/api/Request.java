package io.deltacat.server.api;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as handlers see it: decoded path and query values and the raw body. Confined to its request thread.
 */
public final class Request {
    private final String method;
    private final String path;
    private final Map<String, String> pathValues;
    private final Map<String, String> queryValues;
    private final byte[] body;
    private final @Nullable String user;
    private final @Nullable String clientVersion;

    /**
     * A request.
     *
     * @param method HTTP method, upper case
     * @param path the undecoded path
     * @param pathValues decoded values of the route's path parameters
     * @param queryValues decoded query values; the first one where a key is repeated
     * @param body the whole body, empty if there is none; not copied
     * @param user the user the caller says it is; null if it says none
     * @param clientVersion version the client says it has; null if it says none, as the oldest clients do
     */
    public Request(
            String method,
            String path,
            Map<String, String> pathValues,
            Map<String, String> queryValues,
            byte[] body,
            @Nullable String user,
            @Nullable String clientVersion) {
        this.method = method;
        this.path = path;
        this.pathValues = Map.copyOf(pathValues);
        this.queryValues = Map.copyOf(queryValues);
        this.body = body;
        this.user = user;
        this.clientVersion = clientVersion;
    }

    /**
     * The HTTP method.
     *
     * @return upper case name
     */
    public String method() {
        return method;
    }

    /**
     * The path as it came, percent-encoded.
     *
     * @return the path without query
     */
    public String path() {
        return path;
    }

    /**
     * The body.
     *
     * @return the bytes, not copied; empty if there was no body
     */
    public byte[] body() {
        return body;
    }

    /**
     * Who the caller says it is.
     *
     * @return value of header {@code x-deltacat-user}; empty if absent
     */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /**
     * Which version the client says it has.
     *
     * @return value of header {@code x-deltacat-client-version}; empty for the oldest clients, which do not send it
     */
    public Optional<String> clientVersion() {
        return Optional.ofNullable(clientVersion);
    }

    /**
     * A path parameter of the route.
     *
     * @param name name in the route's template
     * @return the decoded value
     * @throws IllegalStateException if the route has no such parameter (a bug)
     */
    public String pathValue(String name) {
        String value = pathValues.get(name);
        if (value == null) {
            throw new IllegalStateException("route of " + path + " has no path parameter '" + name + "'");
        }
        return value;
    }

    /**
     * An optional query value.
     *
     * @param name key
     * @return the value; empty if absent. A present, empty value counts as absent
     */
    public Optional<String> query(String name) {
        String value = queryValues.get(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /**
     * An optional whole number in the query.
     *
     * @param name key
     * @param minimum smallest value allowed
     * @param maximum largest value allowed
     * @return the number; empty if absent
     * @throws io.deltacat.server.machine.RefusedException if it is no whole number or out of range
     */
    public Optional<Long> queryLong(String name, long minimum, long maximum) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        long value;
        try {
            value = Long.parseLong(text.get());
        } catch (NumberFormatException e) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "query parameter '" + name + "' is '" + Texts.shorten(text.get())
                                    + "'; expected a whole number")
                    .with("field", name)
                    .asException();
        }
        if (value < minimum || value > maximum) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "query parameter '" + name + "' is " + value + "; expected " + minimum + " to " + maximum)
                    .with("field", name)
                    .asException();
        }
        return Optional.of(value);
    }

    /**
     * A truth value in the query.
     *
     * @param name key
     * @param absent value if the key is absent
     * @return true or false
     * @throws io.deltacat.server.machine.RefusedException if it is neither {@code true} nor {@code false}
     */
    public boolean queryFlag(String name, boolean absent) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return absent;
        }
        switch (text.get().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1" -> {
                return true;
            }
            case "false", "0" -> {
                return false;
            }
            default ->
                throw Refusal.of(
                                RefusalKind.INVALID_FIELD,
                                "query parameter '" + name + "' is '" + Texts.shorten(text.get())
                                        + "'; expected true or false")
                        .with("field", name)
                        .asException();
        }
    }
}
