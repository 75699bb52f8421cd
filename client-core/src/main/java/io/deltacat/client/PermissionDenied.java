package io.deltacat.client;

import java.io.Serial;

/**
 * The identity is known to the server and may not do this. Sending it again does not help.
 */
public final class PermissionDenied extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public PermissionDenied(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public PermissionDenied(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
