package io.deltacat.client;

import java.io.Serial;

/**
 * The server understood the request and will not do it: a wrong value, an unknown key, or a refusal inside a 200 reply.
 * Sending it again does not help.
 */
public final class InvalidRequest extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public InvalidRequest(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public InvalidRequest(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
