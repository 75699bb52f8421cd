package io.deltacat.client.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.ClientOptions;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.Page;
import io.deltacat.client.RetryDecision;
import io.deltacat.client.RetryPolicy;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.model.WireJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends protocol calls: encodes them, adds the headers, retries what may be retried, and turns every end that is not a
 * success into a {@link DeltaCatException}. Thread-safe.
 */
public final class WireClient implements AutoCloseable {
    /** Version this client announces. */
    public static final String CLIENT_VERSION = "java-0.1.0";

    private static final Logger LOG = LoggerFactory.getLogger(WireClient.class);
    private static final String NEXT_TOKEN = "x-deltacat-next-token";

    private final ClientOptions options;
    private final Transport transport;
    private final Pacing pacing;
    private final JsonMapper mapper = WireJson.clientMapper();
    private final FailureMapper failures;
    private final Map<String, String> headers;

    /**
     * Creates a client over a transport.
     *
     * @param options address, identity, time-outs and retry policy
     * @param transport sends the requests; closed with this client
     * @param pacing clock and pauses
     */
    public WireClient(ClientOptions options, Transport transport, Pacing pacing) {
        this.options = requireNonNull(options, "options");
        this.transport = requireNonNull(transport, "transport");
        this.pacing = requireNonNull(pacing, "pacing");
        this.failures = new FailureMapper(options.uri(), new Redactor(options.token()), mapper);
        this.headers = commonHeaders(options);
    }

    /**
     * Gives the options this client was built with.
     *
     * @return the options
     */
    public ClientOptions options() {
        return options;
    }

    /**
     * Gives the clock and pauses, for loops above single calls.
     *
     * @return the pacing
     */
    public Pacing pacing() {
        return pacing;
    }

    /**
     * Gives the mapper of wire records.
     *
     * @return the mapper; not to be reconfigured
     */
    public JsonMapper mapper() {
        return mapper;
    }

    /**
     * Sends a call and decodes its reply.
     *
     * @param call the call
     * @param type record of the reply body
     * @param <T> record of the reply body
     * @return the decoded reply
     * @throws DeltaCatException if the call failed; see its subclasses
     */
    public <T> T send(WireCall call, Class<T> type) {
        return exchange(call, mapper.constructType(type), type.getSimpleName(), value -> Optional.<String>empty())
                .castValue(type);
    }

    /**
     * Collects all pages of a listing.
     *
     * @param firstPage makes the call of a page from its token, which is null for the first one
     * @param type record of one element
     * @param <T> record of one element
     * @return all elements in the server's order
     * @throws DeltaCatException if a call failed
     */
    public <T> List<T> sendForAllPages(Function<@Nullable String, WireCall> firstPage, Class<T> type) {
        List<T> all = new ArrayList<>();
        String token = null;
        do {
            Page<T> page = sendForPage(firstPage.apply(token), type);
            all.addAll(page.items());
            if (token != null && token.equals(page.nextToken())) {
                throw new IllegalStateException("listing " + firstPage.apply(token) + " repeats the page token '"
                        + token + "'; the server does not move on");
            }
            token = page.nextToken();
        } while (token != null);
        return List.copyOf(all);
    }

    /**
     * Sends a mutation and checks its reply for a refusal inside a success status.
     *
     * @param call the call
     * @param type record of the reply body
     * @param refusal finds the refusal in a reply, empty if the server did what was asked
     * @param <T> record of the reply body
     * @return the decoded reply
     * @throws DeltaCatException if the call failed or was refused
     */
    public <T> T send(WireCall call, Class<T> type, Function<T, Optional<String>> refusal) {
        return exchange(
                        call,
                        mapper.constructType(type),
                        type.getSimpleName(),
                        value -> refusal.apply(type.cast(value)))
                .castValue(type);
    }

    /**
     * Sends a call whose reply is a bare array with the next page's token in a header.
     *
     * @param call the call
     * @param type record of one element
     * @param <T> record of one element
     * @return the elements and the token
     * @throws DeltaCatException if the call failed
     */
    public <T> Page<T> sendForPage(WireCall call, Class<T> type) {
        JavaType listType = mapper.getTypeFactory().constructCollectionType(List.class, type);
        Decoded decoded = exchange(call, listType, "list of " + type.getSimpleName(), value -> Optional.empty());
        @SuppressWarnings("unchecked") // decoded as exactly this type
        List<T> elements = (List<T>) decoded.value();
        return new Page<>(elements, decoded.reply().header(NEXT_TOKEN).orElse(null));
    }

    @Override
    public void close() {
        transport.close();
    }

    private Decoded exchange(
            WireCall call, JavaType type, String typeName, Function<Object, Optional<String>> refusal) {
        HttpReply reply = sendRetrying(call);
        Object value;
        try {
            value = mapper.readValue(reply.body(), type);
        } catch (IOException | IllegalArgumentException e) {
            throw failures.fromUnreadable(call, reply, typeName, e);
        }
        if (value == null) {
            throw failures.fromUnreadable(call, reply, typeName, new IOException("the body is null"));
        }
        Optional<String> problem = refusal.apply(value);
        if (problem.isPresent()) {
            throw failures.fromRefusal(call, reply, problem.get());
        }
        return new Decoded(value, reply);
    }

    private HttpReply sendRetrying(WireCall call) {
        HttpRequest request = encode(call);
        RetryPolicy policy = call.retried() ? options.retryPolicy() : RetryPolicy.NONE;
        long begin = pacing.nanoTime();
        boolean unknown = false;
        for (int attempt = 1; ; attempt++) {
            Attempt result = attempt(call, request, attempt);
            if (result instanceof Attempt.Answered answered) {
                return answered.reply();
            }
            Attempt.Failed failed = (Attempt.Failed) result;
            unknown |= failed.error() instanceof UnknownOutcome;
            DeltaCatException error = unknown ? failures.stillUnknown(call, failed.error()) : failed.error();
            if (!failed.repeatable() || call.repeatability() == Repeatability.ONCE) {
                throw error;
            }
            RetryDecision decision = policy.afterFailure(
                    attempt,
                    Duration.ofNanos(pacing.nanoTime() - begin),
                    failed.error().retryAfter().orElse(null),
                    pacing.jitter());
            if (decision instanceof RetryDecision.GiveUp giveUp) {
                LOG.debug("method={} path={} given_up=\"{}\"", call.method(), call.path(), giveUp.reason());
                throw error;
            }
            pause(call, error, ((RetryDecision.Again) decision).pause());
        }
    }

    private Attempt attempt(WireCall call, HttpRequest request, int number) {
        long begin = pacing.nanoTime();
        try {
            HttpReply reply = transport.send(request);
            LOG.debug(
                    "method={} path={} status={} millis={} attempt={}",
                    call.method(),
                    call.path(),
                    reply.status(),
                    Duration.ofNanos(pacing.nanoTime() - begin).toMillis(),
                    number);
            if (reply.status() >= 200 && reply.status() < 300) {
                return new Attempt.Answered(reply);
            }
            return new Attempt.Failed(failures.fromStatus(call, reply), isRepeatableStatus(reply.status()));
        } catch (TransportFailure e) {
            LOG.debug("method={} path={} failure={} attempt={}", call.method(), call.path(), e.kind(), number);
            boolean interrupted = e.kind() == TransportFailure.Kind.INTERRUPTED_BEFORE
                    || e.kind() == TransportFailure.Kind.INTERRUPTED_DURING;
            return new Attempt.Failed(failures.fromTransport(call, e), !interrupted);
        }
    }

    private void pause(WireCall call, DeltaCatException error, Duration duration) {
        try {
            pacing.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw error instanceof UnknownOutcome ? error : failures.interruptedBetweenAttempts(call, error, e);
        }
    }

    private HttpRequest encode(WireCall call) {
        String body = call.body().map(this::json).orElse(null);
        return new HttpRequest(
                call.method(), call.target(), headers, body, call.timeout().orElse(options.requestTimeout()));
    }

    private String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "record " + body.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    /** Statuses after which the same request may be sent again if it is a read or carries a key. */
    private static boolean isRepeatableStatus(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    private static Map<String, String> commonHeaders(ClientOptions options) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "deltacat-client/" + CLIENT_VERSION);
        headers.put("X-DeltaCAT-Client-Version", CLIENT_VERSION);
        if (options.token() != null) {
            headers.put("Authorization", "Bearer " + options.token().reveal());
        }
        if (options.user() != null) {
            headers.put("x-deltacat-user", options.user());
        }
        return headers;
    }

    /** How one attempt ended. */
    private sealed interface Attempt {
        /** With a success status. */
        record Answered(HttpReply reply) implements Attempt {}

        /** With an error, and whether the transport or status allow another attempt. */
        record Failed(DeltaCatException error, boolean repeatable) implements Attempt {}
    }

    private record Decoded(Object value, HttpReply reply) {
        <T> T castValue(Class<T> type) {
            return type.cast(value);
        }
    }
}
