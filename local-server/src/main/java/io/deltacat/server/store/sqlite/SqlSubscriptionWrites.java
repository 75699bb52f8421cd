package io.deltacat.server.store.sqlite;

import io.deltacat.server.store.StoredSubscription;
import io.deltacat.server.store.SubscriptionWrites;
import org.jdbi.v3.core.Handle;

/** Changes of subscriptions. */
final class SqlSubscriptionWrites implements SubscriptionWrites {
    private final Handle handle;

    SqlSubscriptionWrites(Handle handle) {
        this.handle = handle;
    }

    @Override
    public void put(StoredSubscription subscription) {
        Rows.update(
                handle,
                "INSERT INTO subscription (subscriber_id, status, document, watermark) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (subscriber_id) DO UPDATE SET status = excluded.status,"
                        + " document = excluded.document, watermark = excluded.watermark",
                subscription.state().subscriberId(),
                subscription.state().status().name(),
                StoreJson.write(subscription.state()),
                subscription.watermark());
    }
}
