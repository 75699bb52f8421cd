package io.deltacat.server.http;

import io.deltacat.server.api.Resource;
import io.deltacat.server.fault.Faults;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

/** Listens for HTTP requests and hands them to the exchange. Started and closed by one owner. */
public final class HttpListener implements AutoCloseable {
    private static final long SHUTDOWN_GRACE_MILLIS = 5_000;
    private static final int IO_THREADS = 2;

    /** A peer that takes nothing of its reply for so long is gone; its thread is needed for others. */
    private static final int WRITE_TIMEOUT_MILLIS = 60_000;

    private final HttpOptions options;
    private final GracefulShutdownHandler handler;
    private @Nullable Undertow undertow;

    /**
     * A listener that does not listen yet.
     *
     * @param options address, limits and hooks
     * @param resources operations to offer
     * @param faults faults that may strike requests
     */
    public HttpListener(HttpOptions options, Collection<? extends Resource> resources, Faults faults) {
        this.options = options;
        this.handler =
                new GracefulShutdownHandler(new BlockingHandler(new Exchange(options, new Router(resources), faults)));
    }

    /**
     * Binds the port and starts to answer.
     *
     * @return the base address, with the real port
     */
    public URI start() {
        Undertow started = Undertow.builder()
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(options.workerThreads())
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setSocketOption(Options.WRITE_TIMEOUT, WRITE_TIMEOUT_MILLIS)
                .addHttpListener(options.port(), options.host())
                .setHandler(handler)
                .build();
        try {
            started.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "cannot listen on " + options.host() + ":" + options.port()
                            + "; choose another host or port, or end the process that uses it",
                    e);
        }
        undertow = started;
        InetSocketAddress address =
                (InetSocketAddress) started.getListenerInfo().get(0).getAddress();
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return URI.create("http://" + host + ":" + address.getPort());
    }

    /** Lets running requests end for a few seconds, then stops. Idempotent. */
    @Override
    public void close() {
        Undertow running = undertow;
        if (running == null) {
            return;
        }
        undertow = null;
        handler.shutdown();
        try {
            handler.awaitShutdown(SHUTDOWN_GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.stop();
    }
}
