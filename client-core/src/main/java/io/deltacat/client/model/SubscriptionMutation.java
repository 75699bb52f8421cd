package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code SubscriptionMutationResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record SubscriptionMutation(
        String subscriberId,
        @Nullable Boolean deleted,
        @Nullable String error,
        @Nullable Boolean paused,
        @Nullable Boolean resumed,
        @Nullable Boolean triggered,
        @Nullable Boolean updated) {}
