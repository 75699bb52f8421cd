package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code TruncateResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TableTruncated(
        String table,
        boolean truncated,
        @Nullable String transactionId,
        @Nullable Long transactionVersion) {}
