package io.deltacat.client;

import java.io.Serial;

/**
 * The table or file uses something this client cannot do. The message names it and what can be done instead.
 */
public final class Unsupported extends DeltaCatException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param context what is known about the failed call
     */
    public Unsupported(FailureContext context) {
        super(context);
    }
}
