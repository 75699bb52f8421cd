package io.deltacat.server.store;

/**
 * The reply that was given to an operation.
 *
 * @param requestDigest digest of the request
 * @param json the reply's body
 */
public record StoredReply(String requestDigest, String json) {}
