package io.deltacat.server;

import static java.util.Objects.requireNonNull;

import io.deltacat.server.http.BearerAuthentication;
import io.deltacat.server.http.RequestObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Settings of a {@link LocalServer}. Immutable.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 * @param dataDirectory holds the metadata database and the managed data root; created if missing
 * @param catalog name of the catalog that is used when a request names none
 * @param authentication the token check
 * @param sessionTimeToLive how long a write session lives without a heartbeat
 * @param transactionTimeToLive how long a transaction lives without a heartbeat
 * @param durability how safe an acknowledged commit is
 * @param compaction whether partitions are compacted when their counters reach the table's triggers; on request they always are
 * @param faultsOverHttp whether faults can be switched on through {@code /faults}
 * @param clock source of commit times and expiry
 * @param random source of unordered stream positions and ids
 * @param observer is told about every request
 */
public record LocalServerOptions(
        String host,
        int port,
        Path dataDirectory,
        String catalog,
        BearerAuthentication authentication,
        Duration sessionTimeToLive,
        Duration transactionTimeToLive,
        Durability durability,
        boolean compaction,
        boolean faultsOverHttp,
        InstantSource clock,
        RandomGenerator random,
        RequestObserver observer) {

    /** What an acknowledged commit survives. */
    public enum Durability {
        /** Death of the process and loss of power. */
        POWER_LOSS,
        /** Death of the process only; faster, for tests. */
        PROCESS_DEATH
    }

    /** Checks. */
    public LocalServerOptions {
        requireNonNull(host, "host");
        requireNonNull(dataDirectory, "dataDirectory");
        requireNonNull(catalog, "catalog");
        requireNonNull(authentication, "authentication");
        requireNonNull(durability, "durability");
        requireNonNull(clock, "clock");
        requireNonNull(random, "random");
        requireNonNull(observer, "observer");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("option 'port' is " + port + "; expected 0 to 65535");
        }
        requirePositive("session-ttl", sessionTimeToLive);
        requirePositive("transaction-ttl", transactionTimeToLive);
        if (catalog.isBlank()) {
            throw new IllegalArgumentException("option 'catalog' is blank; expected a name");
        }
    }

    private static void requirePositive(String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("option '" + option + "' is " + value + "; expected more than zero");
        }
    }

    /**
     * A builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; every setting but the data directory has a default. Not thread-safe. */
    public static final class Builder {
        private static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofHours(1);

        private String host = "127.0.0.1";
        private int port;
        private Path dataDirectory = Path.of("deltacat-data");
        private String catalog = "default";
        private BearerAuthentication authentication = BearerAuthentication.none();
        private Duration sessionTimeToLive = DEFAULT_TIME_TO_LIVE;
        private Duration transactionTimeToLive = DEFAULT_TIME_TO_LIVE;
        private Durability durability = Durability.POWER_LOSS;
        private boolean compaction = true;
        private boolean faultsOverHttp;
        private InstantSource clock = InstantSource.system();
        private RandomGenerator random = new java.security.SecureRandom();
        private RequestObserver observer = RequestObserver.NONE;

        private Builder() {}

        /** Address to bind; default 127.0.0.1. */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /** Port to bind; default 0, a free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Directory of database and data files; default {@code deltacat-data} in the working directory. */
        public Builder dataDirectory(Path value) {
            dataDirectory = value;
            return this;
        }

        /** Name of the catalog; default {@code default}. */
        public Builder catalog(String value) {
            catalog = value;
            return this;
        }

        /** Token that every request but {@code /health} must bring; not kept in clear. Default: none is asked for. */
        public Builder authToken(String token) {
            authentication = BearerAuthentication.ofToken(token);
            return this;
        }

        /** Life of a write session without heartbeat; default one hour. */
        public Builder sessionTimeToLive(Duration value) {
            sessionTimeToLive = value;
            return this;
        }

        /** Life of a transaction without heartbeat; default one hour. */
        public Builder transactionTimeToLive(Duration value) {
            transactionTimeToLive = value;
            return this;
        }

        /** What an acknowledged commit survives; default loss of power. */
        public Builder durability(Durability value) {
            durability = value;
            return this;
        }

        /** Whether partitions are compacted when their counters reach the table's triggers; default yes. */
        public Builder compaction(boolean value) {
            compaction = value;
            return this;
        }

        /** Whether {@code /faults} is offered; default no. */
        public Builder faultsOverHttp(boolean value) {
            faultsOverHttp = value;
            return this;
        }

        /** Clock of commit times and expiry; default the system's. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** Source of unordered positions and ids; default a secure one. Used by one thread at a time per call. */
        public Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /** Is told about every request; default nobody. */
        public Builder observer(RequestObserver value) {
            observer = value;
            return this;
        }

        /**
         * The settings.
         *
         * @return checked settings
         * @throws IllegalArgumentException naming the option that is wrong
         */
        public LocalServerOptions build() {
            return new LocalServerOptions(
                    host,
                    port,
                    dataDirectory,
                    catalog,
                    authentication,
                    sessionTimeToLive,
                    transactionTimeToLive,
                    durability,
                    compaction,
                    faultsOverHttp,
                    clock,
                    random,
                    observer);
        }
    }
}
