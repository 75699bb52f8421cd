package io.deltacat.client;

import java.io.Serial;

/**
 * A write was sent and its reply did not arrive, so it may or may not have been applied. Callers look at the server (get
 * the session, the transaction, the table) before they do anything else; they do not repeat the write and do not abort
 * what it may have completed.
 */
public final class UnknownOutcome extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public UnknownOutcome(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public UnknownOutcome(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
