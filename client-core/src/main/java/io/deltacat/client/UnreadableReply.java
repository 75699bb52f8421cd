package io.deltacat.client;

import java.io.Serial;

/**
 * A read was answered with a success status and a body that is not what the protocol says. Usually something other than a
 * DeltaCAT server answered.
 */
public final class UnreadableReply extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public UnreadableReply(FailureContext context) {
        super(context);
    }

    /**
     * Creates the error with its cause.
     *
     * @param context what is known about the failed call
     * @param cause what went wrong underneath
     */
    public UnreadableReply(FailureContext context, Throwable cause) {
        super(context, cause);
    }
}
