package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The watermark document as the server holds it; see {@code Watermark}. Wire name {@code
 * SubscriptionWatermarkResponse}.
 *
 * @param watermark free object, or null if none was ever set
 */
@RecordBuilder
public record SubscriptionWatermark(
        String subscriberId, @Nullable JsonNode watermark) {}
