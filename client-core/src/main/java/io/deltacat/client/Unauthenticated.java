package io.deltacat.client;

import java.io.Serial;

/**
 * The server does not accept the bearer token, or wants one.
 */
public final class Unauthenticated extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public Unauthenticated(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public Unauthenticated(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
