package io.deltacat.client.http;

/**
 * Sends one HTTP request and waits for its whole reply; no retries, no redirects, no decisions. Thread-safe.
 */
public interface Transport extends AutoCloseable {
    /**
     * Sends a request once.
     *
     * @param request what to send
     * @return the reply, whatever its status
     * @throws TransportFailure if no complete reply arrived; its kind says whether the server may have seen the request
     */
    HttpReply send(HttpRequest request) throws TransportFailure;

    /** Releases connections and threads; calls under way end with {@link TransportFailure}. Idempotent. */
    @Override
    void close();
}
