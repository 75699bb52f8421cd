package io.deltacat.client;

import java.io.Serial;

/**
 * The server could not be reached, or said that it cannot serve now. A write that ends with this error was not applied.
 */
public final class ServerUnavailable extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public ServerUnavailable(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public ServerUnavailable(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
