package io.deltacat.client;

import java.io.Serial;

/**
 * The server asks for fewer requests. Nothing was applied; {@link #retryAfter()} says when to come back.
 */
public final class RateLimited extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public RateLimited(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public RateLimited(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
