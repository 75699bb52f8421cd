package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Body of aborting a write session. Wire name {@code WriteSessionAbortRequest}.
 *
 * @param sessionVersion version last seen; the fence
 * @param reason for the server's log
 */
@RecordBuilder
public record WriteSessionAbortRequest(
        long sessionVersion, @Nullable String reason) {}
