package io.deltacat.client.http;

import java.io.Serial;

/** No complete reply arrived. */
public final class TransportFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What a caller may conclude. */
    public enum Kind {
        /** The request never reached the server: refused, unknown host, no route, connect time-out, TLS refused. */
        NOT_SENT,
        /** The request may have reached the server; its reply did not arrive in full or in time. */
        NO_REPLY,
        /** The calling thread was interrupted before the request was sent. */
        INTERRUPTED_BEFORE,
        /** The calling thread was interrupted while the request was under way. */
        INTERRUPTED_DURING
    }

    /**
     * Creates the failure.
     *
     * @param kind what a caller may conclude
     * @param message what happened, one line, without secrets
     * @param cause what the network reported
     */
    public TransportFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * Gives the kind.
     *
     * @return what a caller may conclude
     */
    public Kind kind() {
        return kind;
    }
}
