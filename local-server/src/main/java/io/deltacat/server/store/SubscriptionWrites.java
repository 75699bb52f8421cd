package io.deltacat.server.store;

/** Changes of subscriptions. */
public interface SubscriptionWrites {
    /** Adds a subscription, or takes the place of a deleted one with the same id. */
    void put(StoredSubscription subscription);
}
