package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Request body {@code WriteSessionHeartbeatRequest} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record WriteSessionHeartbeatRequest(long sessionVersion) {}
