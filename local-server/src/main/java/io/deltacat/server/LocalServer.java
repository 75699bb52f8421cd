package io.deltacat.server;

import io.deltacat.server.api.HealthResource;
import io.deltacat.server.api.Resource;
import io.deltacat.server.fault.Faults;
import io.deltacat.server.http.HttpListener;
import io.deltacat.server.http.HttpOptions;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * A running DeltaCAT server on embedded storage. Thread-safe; several can run in one process, each on its own data
 * directory.
 */
public final class LocalServer implements AutoCloseable {
    private static final int WORKER_THREADS = 32;
    private static final long MAXIMUM_BODY_BYTES = 256L * 1024 * 1024;

    private final URI uri;
    private final Faults faults;
    private final HttpListener listener;

    private LocalServer(URI uri, Faults faults, HttpListener listener) {
        this.uri = uri;
        this.faults = faults;
        this.listener = listener;
    }

    /**
     * Opens the data directory, binds the port and starts to answer.
     *
     * @param options settings
     * @return the running server; the caller closes it
     */
    public static LocalServer start(LocalServerOptions options) {
        Faults faults = new Faults();
        List<Resource> resources = List.of(new HealthResource());
        HttpListener listener = new HttpListener(
                new HttpOptions(
                        options.host(),
                        options.port(),
                        WORKER_THREADS,
                        MAXIMUM_BODY_BYTES,
                        options.authentication(),
                        options.observer(),
                        () -> UUID.randomUUID().toString()),
                resources,
                faults);
        return new LocalServer(listener.start(), faults, listener);
    }

    /**
     * Where the server listens.
     *
     * @return base address with the real port, without trailing slash
     */
    public URI uri() {
        return uri;
    }

    /**
     * Faults of this server.
     *
     * @return hooks to switch faults on and off while it runs
     */
    public Faults faults() {
        return faults;
    }

    /** Stops to listen, lets running requests end for a few seconds, and closes the store. Idempotent. */
    @Override
    public void close() {
        listener.close();
    }
}
