package io.deltacat.server.store;

import java.util.List;
import java.util.Optional;

/** Reads of subscriptions. */
public interface SubscriptionReads {
    /** A subscription by id, deleted ones included. */
    Optional<StoredSubscription> subscription(String subscriberId);

    /** Up to {@code limit} subscriptions after an id, deleted ones included, in order of id. */
    List<StoredSubscription> subscriptions(String afterId, int limit);
}
