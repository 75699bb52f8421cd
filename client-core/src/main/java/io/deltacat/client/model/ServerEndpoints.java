package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ServerEndpointsResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record ServerEndpoints(
        @Nullable String externalUrl, @Nullable String internalUrl) {}
