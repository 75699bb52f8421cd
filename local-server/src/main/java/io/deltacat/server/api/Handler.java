package io.deltacat.server.api;

/** Answers one kind of request. Thread-safe; may block on the store. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers a request.
     *
     * @param request decoded request
     * @return the reply
     * @throws io.deltacat.server.machine.RefusedException if the request breaks a rule
     */
    Reply handle(Request request);
}
