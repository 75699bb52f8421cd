package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Reply {@code TableExistsResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TableExists(boolean exists, String namespace, String table) {}
