package io.deltacat.client;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client was built with, checked. Immutable.
 *
 * @param uri address of the server: scheme, host, port and path prefix, without a slash at the end
 * @param token bearer token, or null for a server without authentication
 * @param catalog catalog of every call, or null for the server's default
 * @param user identity for the header {@code x-deltacat-user}, or null; servers trust it in development only
 * @param requestTimeout how long one request may take
 * @param commitTimeout how long committing a write session or transaction may take, looking after a lost reply included
 * @param retryPolicy how reads and keyed writes are repeated
 */
@RecordBuilder
public record ClientOptions(
        String uri,
        @Nullable Secret token,
        @Nullable String catalog,
        @Nullable String user,
        Duration requestTimeout,
        Duration commitTimeout,
        RetryPolicy retryPolicy) {
    /**
     * How long one commit request may take: a third of the commit time-out, so that a reply that never comes leaves time
     * to look and to send again, but no less than any other request.
     *
     * @return the time-out of one attempt
     */
    public Duration commitAttemptTimeout() {
        Duration third = commitTimeout.dividedBy(3);
        Duration attempt = third.compareTo(requestTimeout) > 0 ? third : requestTimeout;
        return attempt.compareTo(commitTimeout) < 0 ? attempt : commitTimeout;
    }
}
