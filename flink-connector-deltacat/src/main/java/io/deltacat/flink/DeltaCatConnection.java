package io.deltacat.flink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.RetryPolicy;
import io.deltacat.client.Secret;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * Says how to reach a DeltaCAT server. It travels in the job graph to wherever a client is opened and is never part of a
 * checkpoint; it prints without the token. Immutable.
 *
 * @param uri address of the server, {@code http} or {@code https}
 * @param token bearer token, or null if the server wants none
 * @param catalog catalog on the server, or null for the server's default one
 * @param user identity for servers that run without tokens ({@code x-deltacat-user}), or null
 * @param requestTimeout longest wait for one reply, positive
 * @param commitTimeout longest wait for the reply of a commit, positive
 */
@PublicEvolving
public record DeltaCatConnection(
        URI uri,
        @Nullable Secret token,
        @Nullable String catalog,
        @Nullable String user,
        Duration requestTimeout,
        Duration commitTimeout)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Wait for one reply unless the builder is told otherwise. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = DeltaCatClient.Builder.DEFAULT_REQUEST_TIMEOUT;

    /** Wait for the reply of a commit unless the builder is told otherwise. */
    public static final Duration DEFAULT_COMMIT_TIMEOUT = DeltaCatClient.Builder.DEFAULT_COMMIT_TIMEOUT;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the option, if a value cannot be used
     */
    public DeltaCatConnection {
        checkUri(requireNonNull(uri, "uri"));
        checkPositive("request-timeout", requireNonNull(requestTimeout, "requestTimeout"));
        checkPositive("commit-timeout", requireNonNull(commitTimeout, "commitTimeout"));
        if (catalog != null && catalog.isBlank()) {
            throw new IllegalArgumentException(
                    "Connection: option 'catalog' is blank; expected a catalog name. Leave the "
                            + "option out to use the server's default catalog.");
        }
    }

    /**
     * Starts a description.
     *
     * @param uri address of the server, such as {@code http://localhost:8080}
     * @return a builder with default time-outs, without token, catalog and user
     */
    public static Builder builder(String uri) {
        return new Builder(uri);
    }

    /**
     * Opens a client. Nothing is sent until its first call.
     *
     * @return a new client, thread-safe, which the caller closes
     */
    public DeltaCatClient open() {
        return open(RetryPolicy.STANDARD);
    }

    /**
     * Opens a client for a caller that has retries of its own. Nothing is sent until its first call.
     *
     * @param retry what the client does after a failed read or keyed write
     * @return a new client, thread-safe, which the caller closes
     */
    public DeltaCatClient open(RetryPolicy retry) {
        return DeltaCatClient.builder()
                .uri(uri)
                .requestTimeout(requestTimeout)
                .commitTimeout(commitTimeout)
                .token(token)
                .catalog(catalog)
                .user(user)
                .retry(requireNonNull(retry, "retry"))
                .build();
    }

    /**
     * Gives the catalog.
     *
     * @return the name, empty for the server's default catalog
     */
    public Optional<String> catalogName() {
        return Optional.ofNullable(catalog);
    }

    /** Prints everything but the token; user information in the address is left out too. */
    @Override
    public String toString() {
        String address = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return "DeltaCatConnection[uri=" + address + ", token=" + (token == null ? "none" : "***") + ", catalog="
                + catalogName().orElse("(default)") + "]";
    }

    private static void checkUri(URI uri) {
        String scheme = uri.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || uri.getHost() == null) {
            throw new IllegalArgumentException("Connection: option 'uri' is '" + withoutUserInfo(uri)
                    + "'; expected http://HOST:PORT or https://HOST[:PORT]. Fix the option.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("Connection: option 'uri' carries user information; expected an address "
                    + "without it. Give the token by the option 'token'.");
        }
    }

    private static String withoutUserInfo(URI uri) {
        String text = uri.toString();
        int at = text.indexOf('@');
        return at < 0 ? text : "***" + text.substring(at);
    }

    private static void checkPositive(String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("Connection: option '" + option + "' is " + value
                    + "; expected a positive duration. Fix the option.");
        }
    }

    /** Collects the values of a {@link DeltaCatConnection}. Not thread-safe. */
    @PublicEvolving
    public static final class Builder {
        private final String uri;
        private @Nullable Secret token;
        private @Nullable String catalog;
        private @Nullable String user;
        private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
        private Duration commitTimeout = DEFAULT_COMMIT_TIMEOUT;

        private Builder(String uri) {
            this.uri = requireNonNull(uri, "uri");
        }

        /**
         * Sets the bearer token.
         *
         * @param value token
         * @return this builder
         */
        public Builder token(Secret value) {
            token = requireNonNull(value, "token");
            return this;
        }

        /**
         * Sets the catalog.
         *
         * @param value name of a catalog on the server
         * @return this builder
         */
        public Builder catalog(String value) {
            catalog = requireNonNull(value, "catalog");
            return this;
        }

        /**
         * Sets the identity that is sent to servers without tokens.
         *
         * @param value user name
         * @return this builder
         */
        public Builder user(String value) {
            user = requireNonNull(value, "user");
            return this;
        }

        /**
         * Sets how long one reply may take.
         *
         * @param value positive duration
         * @return this builder
         */
        public Builder requestTimeout(Duration value) {
            requestTimeout = requireNonNull(value, "requestTimeout");
            return this;
        }

        /**
         * Sets how long the reply of a commit may take.
         *
         * @param value positive duration
         * @return this builder
         */
        public Builder commitTimeout(Duration value) {
            commitTimeout = requireNonNull(value, "commitTimeout");
            return this;
        }

        /**
         * Checks the values and makes the description.
         *
         * @return the description
         * @throws IllegalArgumentException naming the option, if a value cannot be used
         */
        public DeltaCatConnection build() {
            try {
                return new DeltaCatConnection(new URI(uri), token, catalog, user, requestTimeout, commitTimeout);
            } catch (URISyntaxException e) {
                // Neither the text nor the cause: a broken address may hold a password.
                throw new IllegalArgumentException("Connection: option 'uri' is not an address (" + e.getReason()
                        + "); expected http://HOST:PORT or https://HOST[:PORT]. Fix the option.");
            }
        }
    }
}
