package io.deltacat.client;

import java.io.Serial;

/**
 * A data file could not be reached, read or written by the storage layer. The message names location and cure.
 */
public final class StorageFailure extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public StorageFailure(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public StorageFailure(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
