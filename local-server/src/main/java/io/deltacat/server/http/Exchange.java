package io.deltacat.server.http;

import io.deltacat.server.api.Reply;
import io.deltacat.server.api.Request;
import io.deltacat.server.fault.FaultAction;
import io.deltacat.server.fault.FaultPoint;
import io.deltacat.server.fault.Faults;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.store.StoreUnavailableException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/** Takes one request through authentication, faults, routing and its handler to the reply and the log line. */
final class Exchange implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger("io.deltacat.server.request");
    private static final HttpString REQUEST_ID = new HttpString("x-request-id");
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final int HALT_STATUS = 137;
    private static final int COPY_BUFFER_BYTES = 16 * 1024;

    private final HttpOptions options;
    private final Router router;
    private final Faults faults;
    private final ErrorReplies errors = new ErrorReplies();

    Exchange(HttpOptions options, Router router, Faults faults) {
        this.options = options;
        this.router = router;
        this.faults = faults;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        long started = System.nanoTime();
        String requestId = requestId(exchange);
        String method = exchange.getRequestMethod().toString();
        String path = rawPath(exchange);
        Progress progress = new Progress(path);
        int status = 0;
        try {
            Reply reply = answer(exchange, method, path, requestId, progress);
            Optional<Reply> instead = strike(FaultPoint.BEFORE_REPLY, method, path, requestId);
            progress.faulted |= instead.isPresent();
            Reply sent = instead.orElse(reply);
            observe(exchange, method, path, progress, sent.status(), requestId, started);
            status = send(exchange, sent, requestId, progress);
        } catch (ConnectionDropped dropped) {
            IoUtils.safeClose(exchange.getConnection());
            observe(exchange, method, path, progress, 0, requestId, started);
        } finally {
            LOG.info(
                    "method={} path={} status={} millis={} request_id={}",
                    method,
                    path,
                    status,
                    (System.nanoTime() - started) / 1_000_000,
                    requestId);
        }
    }

    /** Told before the reply leaves, so that whoever has the reply finds the request observed. */
    private void observe(
            HttpServerExchange exchange,
            String method,
            String path,
            Progress progress,
            int status,
            String requestId,
            long started) {
        ObservedRequest observed = new ObservedRequest(
                method,
                progress.template,
                path,
                exchange.getQueryString(),
                status,
                requestId,
                System.nanoTime() - started);
        options.observer().onRequest(observed);
        if (options.observer().bodyLimit() > 0 && !progress.faulted) {
            progress.observed = observed;
        }
    }

    private Reply answer(HttpServerExchange exchange, String method, String path, String requestId, Progress progress)
            throws ConnectionDropped {
        try {
            if (!path.equals("/health")) {
                options.authentication().check(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
            }
            byte[] body = readBody(exchange);
            progress.body = body;
            Optional<Reply> instead = strike(FaultPoint.BEFORE_HANDLER, method, path, requestId);
            if (instead.isPresent()) {
                progress.faulted = true;
                return instead.get();
            }
            Router.Match match = router.find(method, path);
            progress.template = match.route().template();
            Map<String, String> query = PercentCoding.decodeQuery(exchange.getQueryString());
            String user = exchange.getRequestHeaders().getFirst("x-deltacat-user");
            String clientVersion = exchange.getRequestHeaders().getFirst("x-deltacat-client-version");
            return match.handler()
                    .handle(new Request(method, path, match.pathValues(), query, body, user, clientVersion));
        } catch (RefusedException refused) {
            return errors.of(refused.refusal(), requestId);
        } catch (IOException e) {
            throw new ConnectionDropped(e);
        } catch (StoreUnavailableException e) {
            LOG.warn("method={} path={} request_id={} store unavailable", method, path, requestId, e);
            return unavailable(requestId);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("method={} path={} request_id={} failed", method, path, requestId, e);
            return errors.bug(requestId);
        }
    }

    private Reply unavailable(String requestId) {
        return errors.of(
                Refusal.of(RefusalKind.UNAVAILABLE, "the metadata store cannot serve the request now; try again"),
                requestId);
    }

    private byte[] readBody(HttpServerExchange exchange) throws IOException {
        long declared = exchange.getRequestContentLength();
        long limit = options.maximumBodyBytes();
        if (declared > limit) {
            throw tooLarge(limit);
        }
        InputStream in = exchange.getInputStream();
        ByteArrayOutputStream collected =
                new ByteArrayOutputStream(declared > 0 ? Math.toIntExact(declared) : COPY_BUFFER_BYTES);
        byte[] buffer = new byte[COPY_BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (collected.size() + (long) read > limit) {
                throw tooLarge(limit);
            }
            collected.write(buffer, 0, read);
        }
        return collected.toByteArray();
    }

    private static RefusedException tooLarge(long limit) {
        return Refusal.of(
                        RefusalKind.TOO_LARGE,
                        "the request body is larger than " + limit + " bytes; send it in several requests")
                .asException();
    }

    private Optional<Reply> strike(FaultPoint point, String method, String path, String requestId)
            throws ConnectionDropped {
        Optional<FaultAction> action = faults.strike(point, method, path);
        if (action.isEmpty()) {
            return Optional.empty();
        }
        FaultAction fault = action.get();
        LOG.warn("fault={} point={} method={} path={} request_id={}", fault, point, method, path, requestId);
        if (fault instanceof FaultAction.Delay delay) {
            pause(delay.duration());
            return Optional.empty();
        }
        if (fault instanceof FaultAction.Answer answer) {
            Reply reply = errors.envelope(
                    answer.status(), answer.code(), "injected fault", answer.retryable(), Map.of(), requestId);
            return Optional.of(
                    answer.retryAfterSeconds() > 0
                            ? reply.withHeader("Retry-After", Integer.toString(answer.retryAfterSeconds()))
                            : reply);
        }
        if (fault instanceof FaultAction.Halt) {
            Runtime.getRuntime().halt(HALT_STATUS);
        }
        throw new ConnectionDropped(null);
    }

    /** The one place that waits on purpose: a fault that delays a request holds its thread. */
    private static void pause(Duration duration) throws ConnectionDropped {
        try {
            java.util.concurrent.TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionDropped(e);
        }
    }

    private int send(HttpServerExchange exchange, Reply reply, String requestId, Progress progress) {
        writeHeaders(exchange, reply, requestId);
        DeferredOutput out = new DeferredOutput(exchange::getOutputStream);
        try {
            write(reply, out, progress);
            out.finish();
            return reply.status();
        } catch (RefusedException refused) {
            if (!out.isStarted()) {
                return send(exchange, errors.of(refused.refusal(), requestId), requestId, progress);
            }
            LOG.warn("request_id={} was refused after its reply began: {}", requestId, refused.getMessage());
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("request_id={} peer went away: {}", requestId, e.getMessage());
        } catch (StoreUnavailableException e) {
            LOG.warn("request_id={} store unavailable while its reply was sent", requestId, e);
            if (!out.isStarted()) {
                return send(exchange, unavailable(requestId), requestId, progress);
            }
        } catch (RuntimeException e) {
            LOG.error("request_id={} failed while its reply was sent", requestId, e);
            if (!out.isStarted()) {
                return send(exchange, errors.bug(requestId), requestId, progress);
            }
        }
        IoUtils.safeClose(exchange.getConnection());
        return 0;
    }

    private void write(Reply reply, DeferredOutput out, Progress progress) throws IOException {
        ObservedRequest observed = progress.observed;
        if (observed == null) {
            reply.writeTo(out);
            return;
        }
        ObservedOutput observing = new ObservedOutput(
                out, options.observer(), observed.answeredWith(reply.status()), progress.body, reply.length());
        reply.writeTo(observing);
        observing.complete();
    }

    private static void writeHeaders(HttpServerExchange exchange, Reply reply, String requestId) {
        exchange.setStatusCode(reply.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseHeaders().put(REQUEST_ID, requestId);
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        if (reply.length() >= 0) {
            exchange.setResponseContentLength(reply.length());
        }
    }

    private String requestId(HttpServerExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst(REQUEST_ID);
        return given != null && REQUEST_ID_FORM.matcher(given).matches()
                ? given
                : options.requestIds().get();
    }

    private static String rawPath(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int authority = uri.indexOf("://");
        int slash = uri.indexOf('/', authority < 0 ? 0 : authority + 3);
        return slash < 0 ? "/" : uri.substring(slash);
    }

    /** What is known about a request so far. */
    private static final class Progress {
        private String template;
        private byte[] body = {};
        private boolean faulted;
        /** Set when the observer wants the bodies too. */
        private @Nullable ObservedRequest observed;

        Progress(String template) {
            this.template = template;
        }
    }

    /** The connection is closed without an answer. */
    private static final class ConnectionDropped extends Exception {
        private static final long serialVersionUID = 1L;

        ConnectionDropped(@Nullable Throwable cause) {
            super("connection dropped", cause, false, false);
        }
    }
}
