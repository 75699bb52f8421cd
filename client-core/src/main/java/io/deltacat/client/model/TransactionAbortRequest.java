package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code TransactionAbortRequest} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TransactionAbortRequest(
        long transactionVersion, @Nullable String reason) {}
