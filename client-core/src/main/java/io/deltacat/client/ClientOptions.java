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
        RetryPolicy retryPolicy) {}
