package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code TableMutationResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TableMutation(
        String table,
        @Nullable Boolean altered,
        @Nullable Boolean dropped,
        @Nullable String namespace,
        @Nullable Boolean purged,
        @Nullable String transactionId,
        @Nullable Long transactionVersion) {}
