package io.deltacat.server.http;

/**
 * One answered request with its bodies, as an observer that asked for them sees it.
 *
 * @param request what was asked and answered
 * @param requestBody bytes of the request's body; empty if it had none or was refused before it was read. Belongs to the
 *     observer
 * @param replyBody bytes of the reply's body; belongs to the observer
 * @param whole whether both bodies are complete; false if one is larger than the observer's limit and therefore cut
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record ObservedExchange(ObservedRequest request, byte[] requestBody, byte[] replyBody, boolean whole) {}
