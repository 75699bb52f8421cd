package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code NamespaceMutationResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record NamespaceMutation(
        String namespace,
        @Nullable Boolean altered,
        @Nullable Boolean created,
        @Nullable Boolean dropped,
        @Nullable String newName,
        @Nullable Boolean purged,
        @Nullable String transactionId,
        @Nullable Long transactionVersion) {}
