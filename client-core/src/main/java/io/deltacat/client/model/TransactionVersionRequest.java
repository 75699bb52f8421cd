package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Request body {@code TransactionVersionRequest} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TransactionVersionRequest(long transactionVersion) {}
