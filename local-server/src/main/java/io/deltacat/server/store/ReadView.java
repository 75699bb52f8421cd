package io.deltacat.server.store;

/** Everything that can be read at one snapshot. Valid inside the query it was handed to, on that thread only. */
public interface ReadView {
    /**
     * The snapshot with its time made exact: never {@link Snapshot#LATEST}.
     *
     * @return commits before {@code before()} are what this view sees, now and whenever that time is read again
     */
    Snapshot pinned();

    /** Namespaces, tables, versions and schemas. */
    CatalogReads catalog();

    /** Streams, partitions, deltas and manifest entries. */
    DeltaReads deltas();

    /** Sessions, transactions and replies; always the newest state. */
    SessionReads sessions();

    /** Subscriptions; always the newest state. */
    SubscriptionReads subscriptions();
}
