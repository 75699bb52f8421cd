package io.deltacat.client;

import io.deltacat.client.catalog.CatalogClient;
import io.deltacat.client.http.OkHttpTransport;
import io.deltacat.client.http.Pacing;
import io.deltacat.client.http.SystemPacing;
import io.deltacat.client.http.Transport;
import io.deltacat.client.http.WireClient;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.client.subscription.SubscriptionClient;
import io.deltacat.client.transaction.TransactionClient;
import io.deltacat.client.transaction.WriteSessionClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Entry point to a DeltaCAT server. Calls block; every failure is a {@link DeltaCatException}. Thread-safe; share one per
 * server and close it. Nothing is sent before the first call.
 *
 * <pre>{@code
 * try (DeltaCatClient client = DeltaCatClient.builder().uri("http://localhost:8080").build()) {
 *     client.catalog().listTables("sales").forEach(System.out::println);
 * }
 * }</pre>
 */
public final class DeltaCatClient implements AutoCloseable {
    private final ClientOptions options;
    private final AutoCloseable pacing;
    private final WireClient wire;
    private final StorageAccess storage;

    private DeltaCatClient(ClientOptions options, WireClient wire, AutoCloseable pacing, StorageAccess storage) {
        this.options = options;
        this.wire = wire;
        this.pacing = pacing;
        this.storage = storage;
    }

    /**
     * Begins to configure a client.
     *
     * @return a builder with all defaults; only the uri must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gives the calls on catalogs, namespaces, tables, plans and deltas.
     *
     * @return the calls
     */
    public CatalogClient catalog() {
        return new CatalogClient(wire, storage);
    }

    /**
     * Gives the calls on write sessions.
     *
     * @return the calls
     */
    public WriteSessionClient writeSessions() {
        return new WriteSessionClient(wire);
    }

    /**
     * Gives the calls on transactions.
     *
     * @return the calls
     */
    public TransactionClient transactions() {
        return new TransactionClient(wire);
    }

    /**
     * Gives the calls on subscriptions.
     *
     * @return the calls
     */
    public SubscriptionClient subscriptions() {
        return new SubscriptionClient(wire);
    }

    /**
     * Gives access to data files.
     *
     * @return the access
     */
    public StorageAccess storage() {
        return storage;
    }

    /**
     * Gives the options the client was built with.
     *
     * @return the options; they print without secrets
     */
    public ClientOptions options() {
        return options;
    }

    /** Releases connections and threads; calls that wait end with an error. Commits and aborts nothing. Idempotent. */
    @Override
    public void close() {
        try {
            pacing.close();
        } catch (Exception e) {
            throw new IllegalStateException("the client's clock cannot be closed", e);
        } finally {
            wire.close();
        }
    }

    /** Options of a client, one method each; {@link #build} checks them. Confined to one thread. */
    public static final class Builder {
        /** Time one request may take unless set. */
        public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);

        /** Time a commit may take unless set. */
        public static final Duration DEFAULT_COMMIT_TIMEOUT = Duration.ofMinutes(5);

        private @Nullable String uri;
        private @Nullable Secret token;
        private @Nullable String catalog;
        private @Nullable String user;
        private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
        private Duration commitTimeout = DEFAULT_COMMIT_TIMEOUT;
        private RetryPolicy retryPolicy = RetryPolicy.STANDARD;
        private @Nullable Transport transport;
        private @Nullable Pacing pacing;

        private Builder() {}

        /**
         * Sets the server's address. Required.
         *
         * @param value scheme http or https, host, port, and path prefix if any; no credentials in it
         * @return this builder
         */
        public Builder uri(String value) {
            this.uri = value;
            return this;
        }

        /**
         * Sets the server's address. Required.
         *
         * @param value as {@link #uri(String)}
         * @return this builder
         */
        public Builder uri(URI value) {
            return uri(value.toString());
        }

        /**
         * Sets the bearer token; without one requests carry none.
         *
         * @param value token, or null
         * @return this builder
         */
        public Builder token(@Nullable Secret value) {
            this.token = value;
            return this;
        }

        /**
         * Sets the catalog; without one calls go to the server's default.
         *
         * @param value catalog name, or null
         * @return this builder
         */
        public Builder catalog(@Nullable String value) {
            this.catalog = value;
            return this;
        }

        /**
         * Sets the identity in the header {@code x-deltacat-user}, which servers trust in development only.
         *
         * @param value identity, or null
         * @return this builder
         */
        public Builder user(@Nullable String value) {
            this.user = value;
            return this;
        }

        /**
         * Sets how long one request may take.
         *
         * @param value positive duration; 30 s unless set
         * @return this builder
         */
        public Builder requestTimeout(Duration value) {
            this.requestTimeout = value;
            return this;
        }

        /**
         * Sets how long a commit may take, looking after a lost reply included.
         *
         * @param value positive duration; 5 min unless set
         * @return this builder
         */
        public Builder commitTimeout(Duration value) {
            this.commitTimeout = value;
            return this;
        }

        /**
         * Sets how reads and keyed writes are repeated.
         *
         * @param value policy; {@link RetryPolicy#STANDARD} unless set
         * @return this builder
         */
        public Builder retry(RetryPolicy value) {
            this.retryPolicy = value;
            return this;
        }

        /**
         * Replaces the transport, for tests and for programs with their own HTTP stack.
         *
         * @param value transport; closed with the client
         * @return this builder
         */
        public Builder transport(Transport value) {
            this.transport = value;
            return this;
        }

        /**
         * Replaces clock, pauses and jitter, for tests.
         *
         * @param value pacing
         * @return this builder
         */
        public Builder pacing(Pacing value) {
            this.pacing = value;
            return this;
        }

        /**
         * Checks the options and builds the client. Sends nothing.
         *
         * @return the client, to be closed by the caller
         * @throws IllegalArgumentException naming the option, its value and what was expected
         */
        public DeltaCatClient build() {
            String address = checkedUri(uri);
            checkPositive("requestTimeout", requestTimeout);
            checkPositive("commitTimeout", commitTimeout);
            if (catalog != null && catalog.isBlank()) {
                throw new IllegalArgumentException(
                        "DeltaCAT client: option 'catalog' is blank; expected a name. Leave it "
                                + "out for the server's default catalog.");
            }
            checkHeaderText("user", user);
            ClientOptions options = new ClientOptions(
                    address,
                    token,
                    catalog,
                    user,
                    requestTimeout,
                    commitTimeout,
                    Objects.requireNonNull(retryPolicy, "retry"));
            SystemPacing system = new SystemPacing();
            Transport chosen = transport == null ? new OkHttpTransport(address) : transport;
            WireClient wire = new WireClient(options, chosen, pacing == null ? system : pacing);
            return new DeltaCatClient(options, wire, system, StorageAccess.standard());
        }

        private static String checkedUri(@Nullable String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(
                        "DeltaCAT client: option 'uri' is missing; expected the address of the "
                                + "server such as http://localhost:8080. Set it.");
            }
            URI parsed;
            try {
                parsed = new URI(value.strip());
            } catch (URISyntaxException e) {
                throw badUri(value, "a URI");
            }
            String scheme = parsed.getScheme();
            if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
                throw badUri(value, "scheme http or https");
            }
            if (parsed.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "DeltaCAT client: option 'uri' carries credentials; expected none in "
                                + "it. Set the token by its own option.");
            }
            if (parsed.getHost() == null || parsed.getRawQuery() != null || parsed.getRawFragment() != null) {
                throw badUri(value, "scheme, host, port and at most a path");
            }
            String text = parsed.toString();
            while (text.endsWith("/")) {
                text = text.substring(0, text.length() - 1);
            }
            return text;
        }

        private static IllegalArgumentException badUri(String value, String expected) {
            String shown = value.replaceAll("//[^/@]*@", "//***@");
            return new IllegalArgumentException("DeltaCAT client: option 'uri' is '" + shown + "'; expected " + expected
                    + ", such as http://localhost:8080. Fix it.");
        }

        private static void checkPositive(String option, Duration value) {
            if (Objects.requireNonNull(value, option).isNegative() || value.isZero()) {
                throw new IllegalArgumentException("DeltaCAT client: option '" + option + "' is " + value
                        + "; expected a positive duration. Raise it.");
            }
        }

        private static void checkHeaderText(String option, @Nullable String value) {
            if (value != null && (value.isBlank() || !value.chars().allMatch(c -> c >= 0x20 && c <= 0x7e))) {
                throw new IllegalArgumentException("DeltaCAT client: option '" + option + "' is '" + value
                        + "'; expected printable ASCII text. Fix it or leave it out.");
            }
        }
    }
}
