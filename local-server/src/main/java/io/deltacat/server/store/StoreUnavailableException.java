package io.deltacat.server.store;

import org.jspecify.annotations.Nullable;

/** The store cannot read or could not make a change durable; nothing was applied. The caller may try again later. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what failed
     * @param cause why; null if the store is closed
     */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
