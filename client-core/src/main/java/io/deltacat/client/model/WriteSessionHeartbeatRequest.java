package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Body of keeping a write session alive. Wire name {@code WriteSessionHeartbeatRequest}.
 *
 * @param sessionVersion version last seen; the fence
 */
@RecordBuilder
public record WriteSessionHeartbeatRequest(long sessionVersion) {}
