package io.deltacat.server.store;

import org.jspecify.annotations.Nullable;

/**
 * A stream at a snapshot.
 *
 * @param stateKey key of this state
 * @param streamId its id
 * @param tableId its table
 * @param tableVersion its table version
 * @param previousStreamId the stream it replaced; null if it is the first
 */
public record StreamRow(
        long stateKey,
        String streamId,
        String tableId,
        String tableVersion,
        @Nullable String previousStreamId) {}
