package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code TransactionCreateRequest} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TransactionCreateRequest(
        @Nullable Long asOf,
        @Nullable String catalog,
        @Nullable String commitMessage) {}
