package io.deltacat.server.http;

/**
 * One answered request.
 *
 * @param method HTTP method
 * @param template the route's template, or the raw path if no route matched
 * @param path the raw path
 * @param query the raw query string, empty if there was none
 * @param status the status of the reply; 0 if the connection was dropped by a fault
 * @param requestId the id in the log line and the error envelope
 * @param durationNanos time from arrival to the reply, not counting its sending
 */
public record ObservedRequest(
        String method, String template, String path, String query, int status, String requestId, long durationNanos) {

    /** The same request with another answer, when the first could not be sent. */
    ObservedRequest answeredWith(int otherStatus) {
        return new ObservedRequest(method, template, path, query, otherStatus, requestId, durationNanos);
    }
}
