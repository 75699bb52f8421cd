package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Reply {@code SubscriptionListResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record SubscriptionList(List<SubscriptionSummary> subscriptions) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public SubscriptionList {
        subscriptions = Copies.list(subscriptions);
    }
}
