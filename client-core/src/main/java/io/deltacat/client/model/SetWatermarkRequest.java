package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Request body {@code SetWatermarkRequest} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record SetWatermarkRequest(String watermarkJson) {}
