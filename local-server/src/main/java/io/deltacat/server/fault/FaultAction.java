package io.deltacat.server.fault;

import java.time.Duration;

/** What a fault does. */
public sealed interface FaultAction {
    /**
     * Waits, then goes on.
     *
     * @param duration how long
     */
    record Delay(Duration duration) implements FaultAction {}

    /** Closes the connection without an answer. */
    record DropConnection() implements FaultAction {}

    /**
     * Answers with an error envelope instead.
     *
     * @param status HTTP status, for example 409, 429 or 503
     * @param code wire code in the envelope
     * @param retryable the envelope's flag
     * @param retryAfterSeconds value of {@code Retry-After}; 0 leaves the header out
     */
    record Answer(int status, String code, boolean retryable, int retryAfterSeconds) implements FaultAction {}

    /** Ends the server's process at once, as {@code kill -9} would. */
    record Halt() implements FaultAction {}
}
