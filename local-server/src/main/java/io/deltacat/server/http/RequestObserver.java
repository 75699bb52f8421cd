package io.deltacat.server.http;

/** Is told about every answered request; for counting and recording in tests. Called on request threads. */
@FunctionalInterface
public interface RequestObserver {
    /** Sees nothing. */
    RequestObserver NONE = request -> {};

    /**
     * A request has its answer, which is about to be sent, or its connection was dropped by a fault. Whoever has received
     * a reply finds its request observed.
     *
     * @param request what was asked and answered
     */
    void onRequest(ObservedRequest request);
}
