package io.deltacat.server.http;

import java.util.Collection;
import java.util.List;

/**
 * Is told about every answered request; for counting and recording in tests. Called on request threads, by several at
 * once.
 */
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

    /**
     * How much of each body this observer wants to see.
     *
     * @return bytes; 0, the default, for no bodies, which costs nothing
     */
    default int bodyLimit() {
        return 0;
    }

    /**
     * A request was answered by its handler or by an error of the server, not by a fault; the last byte of the reply is
     * still held back, so that whoever has the whole reply finds its exchange observed. Called only if {@link #bodyLimit()}
     * is more than 0, after {@link #onRequest}.
     *
     * @param exchange the request and its reply
     */
    default void onExchange(ObservedExchange exchange) {}

    /**
     * One observer in place of several.
     *
     * @param observers are told in this order
     * @return tells all of them; sees as much of the bodies as the one that wants most
     */
    static RequestObserver all(Collection<? extends RequestObserver> observers) {
        List<RequestObserver> told = List.copyOf(observers);
        int limit = told.stream().mapToInt(RequestObserver::bodyLimit).max().orElse(0);
        return new RequestObserver() {
            @Override
            public void onRequest(ObservedRequest request) {
                told.forEach(observer -> observer.onRequest(request));
            }

            @Override
            public int bodyLimit() {
                return limit;
            }

            @Override
            public void onExchange(ObservedExchange exchange) {
                for (RequestObserver observer : told) {
                    if (observer.bodyLimit() > 0) {
                        observer.onExchange(exchange);
                    }
                }
            }
        };
    }
}
