package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Reply {@code MergeOrderSummary} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record MergeOrder(String nullOrder, String sortOrder) {}
