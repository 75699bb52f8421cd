package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Replaces the watermark document. Wire name {@code SetWatermarkRequest}.
 *
 * @param watermarkJson the document as JSON text inside JSON
 */
@RecordBuilder
public record SetWatermarkRequest(String watermarkJson) {}
