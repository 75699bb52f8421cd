package io.deltacat.server.store;

/** One change to the store: what it may read and write. Valid inside the work it was handed to, on that thread only. */
public interface WriteUnit {
    /**
     * The time of this commit.
     *
     * @return nanoseconds since the epoch; greater than that of every earlier commit
     */
    long commitTime();

    /**
     * A key never used before.
     *
     * @return a positive number
     */
    long newKey();

    /**
     * Reads inside this change; sees what it wrote so far.
     *
     * @param snapshot which commits to see; {@link Snapshot#latest()} includes the ones of this change
     * @return the view
     */
    ReadView view(Snapshot snapshot);

    /** Changes of namespaces, tables, versions and schemas. */
    CatalogWrites catalog();

    /** Changes of streams, partitions, deltas and manifest entries. */
    DeltaWrites deltas();

    /** Changes of sessions, transactions and replies. */
    SessionWrites sessions();

    /** Changes of subscriptions. */
    SubscriptionWrites subscriptions();
}
