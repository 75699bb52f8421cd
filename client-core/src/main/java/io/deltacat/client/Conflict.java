package io.deltacat.client;

import java.io.Serial;

/**
 * The server refused a write because of the state it found: a stale version, a lost race, a locked object, something that
 * exists already. Nothing of this call was applied. {@link #conflictClass()} tells whether a new attempt with new state
 * makes sense; the same call again never does.
 */
public final class Conflict extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public Conflict(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public Conflict(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
