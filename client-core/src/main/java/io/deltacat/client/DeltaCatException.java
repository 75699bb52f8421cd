package io.deltacat.client;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/**
 * A call to the server or to storage failed. Each subclass says what a caller may conclude; the message names request,
 * thing and cure on one line and holds no secret.
 */
public abstract sealed class DeltaCatException extends RuntimeException
        permits CallInterrupted,
                Conflict,
                InvalidRequest,
                NotFound,
                PermissionDenied,
                RateLimited,
                ServerUnavailable,
                StorageFailure,
                Unauthenticated,
                UnknownOutcome,
                Unsupported,
                UnreadableReply {
    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureContext context;

    DeltaCatException(FailureContext context) {
        super(context.message());
        this.context = context;
    }

    DeltaCatException(FailureContext context, Throwable cause) {
        super(context.message(), cause);
        this.context = context;
    }

    /**
     * Gives everything that is known about the failed call.
     *
     * @return the details
     */
    public final FailureContext context() {
        return context;
    }

    /**
     * Gives the HTTP method.
     *
     * @return the method, empty if no request was involved
     */
    public final Optional<String> method() {
        return Optional.ofNullable(context.method());
    }

    /**
     * Gives the URL path.
     *
     * @return the path without the query, empty if no request was involved
     */
    public final Optional<String> path() {
        return Optional.ofNullable(context.path());
    }

    /**
     * Gives the HTTP status.
     *
     * @return the status, 0 if there was no reply
     */
    public final int status() {
        return context.status();
    }

    /**
     * Gives the error code of the protocol.
     *
     * @return the server's code, or one of ours where it gave none
     */
    public final String code() {
        return context.code();
    }

    /**
     * Gives the id under which the server's log knows the request.
     *
     * @return the id, empty if the server sent none
     */
    public final Optional<String> requestId() {
        return Optional.ofNullable(context.requestId());
    }

    /**
     * Gives the class of a conflict (protocol/data-plane.md §1.12): only {@code retryable_stale_read} may be tried again,
     * with a new session or transaction after a fresh read.
     *
     * @return the class, empty for anything but a conflict that names one
     */
    public final Optional<String> conflictClass() {
        return Optional.ofNullable(context.conflictClass());
    }

    /**
     * Tells whether the same call may succeed later. For a write it says nothing about whether it was applied.
     *
     * @return true if the server, or the kind of failure, says so
     */
    public final boolean retryable() {
        return context.retryable();
    }

    /**
     * Gives how long the server asks to wait before another attempt.
     *
     * @return the time, empty if the server named none
     */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(context.retryAfter());
    }

    /**
     * Gives a scalar entry of the server's {@code details}.
     *
     * @param key key in {@code details}
     * @return its value as text, empty if absent
     */
    public final Optional<String> detail(String key) {
        return Optional.ofNullable(context.details().get(key));
    }

    /**
     * Gives one sentence about what to do.
     *
     * @return the cure
     */
    public final String cure() {
        return context.cure();
    }
}
