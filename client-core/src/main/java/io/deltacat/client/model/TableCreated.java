package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code TableCreateResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TableCreated(
        boolean created,
        String namespace,
        String table,
        @Nullable String tableVersion,
        @Nullable String transactionId,
        @Nullable Long transactionVersion) {}
