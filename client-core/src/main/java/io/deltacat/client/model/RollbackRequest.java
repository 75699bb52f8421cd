package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code RollbackRequest} of the wire protocol (openapi-0.1.67.json).
 *
 * @param asOf nanoseconds since the epoch: contents become those of just before this time
 * @param commitMessage free text
 */
@RecordBuilder
public record RollbackRequest(long asOf, @Nullable String commitMessage) {}
