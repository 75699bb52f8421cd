package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code SubscriptionWatermarkResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record SubscriptionWatermark(
        String subscriberId, @Nullable JsonNode watermark) {}
