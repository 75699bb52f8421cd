package io.deltacat.server.http;

/** Is told about every answered request; for counting and recording in tests. Called on request threads. */
@FunctionalInterface
public interface RequestObserver {
    /** Sees nothing. */
    RequestObserver NONE = request -> {};

    /**
     * A request was answered, or its connection was dropped by a fault.
     *
     * @param request what was asked and answered
     */
    void onRequest(ObservedRequest request);
}
