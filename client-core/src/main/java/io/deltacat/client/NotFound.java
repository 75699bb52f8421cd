package io.deltacat.client;

import java.io.Serial;

/**
 * The named thing does not exist, or the server has no such route ({@link #routeMissing()}).
 */
public final class NotFound extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public NotFound(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public NotFound(FailureContext context, Throwable cause) {
        super(context, cause);
    }

    /**
     * Tells a missing thing from a missing route. Older servers lack some routes (protocol/versions.md).
     *
     * @return true if the server answered as it does for paths it does not serve
     */
    public boolean routeMissing() {
        return code().equals(ROUTE_MISSING);
    }

    /** Code of this error when the server does not know the route. */
    public static final String ROUTE_MISSING = "route_missing";
}
