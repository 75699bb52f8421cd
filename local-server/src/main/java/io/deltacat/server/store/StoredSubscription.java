package io.deltacat.server.store;

import io.deltacat.server.machine.SubscriptionState;
import org.jspecify.annotations.Nullable;

/**
 * A subscription with its watermark.
 *
 * @param state its state
 * @param watermark JSON text of its watermark; null before the first
 */
public record StoredSubscription(
        SubscriptionState state, @Nullable String watermark) {}
