package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply of changes to a subscription. The client turns a filled {@code error} or a false flag into an exception. Wire
 * name {@code SubscriptionMutationResponse}.
 *
 * @param error what went wrong although the status is a success
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
