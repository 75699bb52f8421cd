package io.deltacat.server.store.sqlite;

import io.deltacat.server.machine.SubscriptionState;
import io.deltacat.server.store.StoredSubscription;
import io.deltacat.server.store.SubscriptionReads;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads of subscriptions. */
final class SqlSubscriptionReads implements SubscriptionReads {
    private static final RowMapper<StoredSubscription> SUBSCRIPTION = (row, context) -> new StoredSubscription(
            StoreJson.read(row.getString("document"), SubscriptionState.class), row.getString("watermark"));

    private final Handle handle;

    SqlSubscriptionReads(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<StoredSubscription> subscription(String subscriberId) {
        return Rows.first(
                handle,
                "SELECT document, watermark FROM subscription WHERE subscriber_id = ?",
                SUBSCRIPTION,
                subscriberId);
    }

    @Override
    public List<StoredSubscription> subscriptions(String afterId, int limit) {
        return Rows.list(
                handle,
                "SELECT document, watermark FROM subscription WHERE subscriber_id > ? ORDER BY subscriber_id LIMIT ?",
                SUBSCRIPTION,
                afterId,
                limit);
    }
}
