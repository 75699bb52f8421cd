package io.deltacat.client;

import java.io.Serial;

/**
 * The calling thread was interrupted during a read, or before a write was sent. Nothing was changed on the server; the
 * thread's interrupt flag is set again.
 */
public final class CallInterrupted extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public CallInterrupted(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public CallInterrupted(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
