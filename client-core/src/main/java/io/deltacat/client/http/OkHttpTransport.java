package io.deltacat.client.http;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * {@link Transport} on OkHttp. It sends a request exactly once: OkHttp's silent repetition on broken connections and its
 * redirects are switched off, because both would repeat writes behind the caller's back. Idle connections are dropped
 * after 20 s, before servers drop them at 30 s. Waiting for a reply can be interrupted. Thread-safe.
 */
public final class OkHttpTransport implements Transport {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int IDLE_CONNECTIONS = 5;
    private static final long IDLE_SECONDS = 20;
    private static final int CONCURRENT_REQUESTS = 64;
    private static final long MAX_REPLY_BYTES = 256L << 20;

    private final String baseUri;
    private final OkHttpClient client;
    private final ThreadPoolExecutor threads;

    /**
     * Prepares a transport; nothing is opened before the first request.
     *
     * @param baseUri scheme, host, port and path prefix, without a slash at the end
     */
    public OkHttpTransport(String baseUri) {
        this(baseUri, Dns.SYSTEM);
    }

    OkHttpTransport(String baseUri, Dns dns) {
        this.baseUri = baseUri;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "deltacat-http");
                    thread.setDaemon(true);
                    return thread;
                });
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(CONCURRENT_REQUESTS);
        dispatcher.setMaxRequestsPerHost(CONCURRENT_REQUESTS);
        this.client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .dns(dns)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .eventListenerFactory(call -> {
                    SentMark mark = call.request().tag(SentMark.class);
                    return mark == null ? EventListener.NONE : mark;
                })
                .build();
    }

    @Override
    public HttpReply send(HttpRequest request) throws TransportFailure {
        SentMark mark = new SentMark();
        if (Thread.currentThread().isInterrupted()) {
            throw new TransportFailure(
                    TransportFailure.Kind.INTERRUPTED_BEFORE,
                    "the calling thread is interrupted",
                    new InterruptedException());
        }
        Call call = client.newCall(encode(request, mark));
        call.timeout().timeout(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
        PendingReply pending = new PendingReply();
        call.enqueue(pending);
        try {
            return pending.get();
        } catch (InterruptedException e) {
            call.cancel();
            Thread.currentThread().interrupt();
            TransportFailure.Kind kind =
                    mark.sent ? TransportFailure.Kind.INTERRUPTED_DURING : TransportFailure.Kind.INTERRUPTED_BEFORE;
            throw new TransportFailure(kind, "the calling thread was interrupted during " + request, e);
        } catch (ExecutionException | CancellationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw mark.sent ? noReply(request, cause) : notSent(cause);
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        threads.shutdown();
        client.connectionPool().evictAll();
    }

    private Request encode(HttpRequest request, SentMark mark) {
        Request.Builder builder = new Request.Builder().url(baseUri + request.target());
        request.headers().forEach(builder::header);
        RequestBody body = null;
        if (request.body() != null) {
            body = RequestBody.create(request.body().getBytes(StandardCharsets.UTF_8), JSON);
        } else if (request.method().equals("POST") || request.method().equals("PUT")) {
            body = RequestBody.create(new byte[0], null);
        }
        return builder.method(request.method(), body).tag(SentMark.class, mark).build();
    }

    private TransportFailure notSent(Throwable cause) {
        String problem = cause instanceof UnknownHostException
                ? "the host of " + baseUri + " is unknown"
                : "no connection to " + baseUri + " (" + describe(cause) + ")";
        return new TransportFailure(TransportFailure.Kind.NOT_SENT, problem, cause);
    }

    private TransportFailure noReply(HttpRequest request, Throwable cause) {
        return new TransportFailure(
                TransportFailure.Kind.NO_REPLY,
                "no reply from " + baseUri + " within " + request.timeout().toMillis() + " ms (" + describe(cause)
                        + ")",
                cause);
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        String type = cause.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : type + ": " + message;
    }

    /** Notes the moment from which the server may have seen the request. */
    private static final class SentMark extends EventListener {
        private volatile boolean sent;

        @Override
        public void requestHeadersStart(Call call) {
            sent = true;
        }
    }

    /** A reply read in full on the transport's thread, so that a broken body counts as no reply. */
    private static final class PendingReply extends CompletableFuture<HttpReply> implements Callback {
        @Override
        public void onFailure(Call call, IOException e) {
            completeExceptionally(e);
        }

        @Override
        public void onResponse(Call call, Response response) {
            try (ResponseBody body = response.body()) {
                Buffer bytes = new Buffer();
                while (body.source().read(bytes, 1 << 16) >= 0) {
                    if (bytes.size() > MAX_REPLY_BYTES) {
                        throw new IOException("the reply is larger than " + MAX_REPLY_BYTES + " bytes");
                    }
                }
                Map<String, String> headers = new LinkedHashMap<>();
                response.headers().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
                complete(new HttpReply(response.code(), headers, bytes.readByteArray()));
            } catch (IOException | RuntimeException e) {
                completeExceptionally(e);
            } catch (Error e) {
                // Whoever waits must learn of it too, an OutOfMemoryError included.
                completeExceptionally(e);
                throw e;
            }
        }
    }
}
