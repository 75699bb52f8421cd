package io.deltacat.server.store.sqlite;

import io.deltacat.server.store.CatalogWrites;
import io.deltacat.server.store.DeltaWrites;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.SessionWrites;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.SubscriptionWrites;
import io.deltacat.server.store.WriteUnit;
import org.jdbi.v3.core.Handle;

/** One change on the writer connection. */
final class SqlWriteUnit implements WriteUnit {
    private final Handle handle;
    private final KeyAllocator keys;
    private final long commitTime;

    SqlWriteUnit(Handle handle, KeyAllocator keys, long commitTime) {
        this.handle = handle;
        this.keys = keys;
        this.commitTime = commitTime;
    }

    @Override
    public long commitTime() {
        return commitTime;
    }

    @Override
    public long newKey() {
        return keys.newKey();
    }

    @Override
    public ReadView view(Snapshot snapshot) {
        Snapshot pinned = snapshot.isLatest() ? new Snapshot(commitTime, snapshot.transactionId()) : snapshot;
        return new SqlReadView(handle, snapshot, pinned);
    }

    @Override
    public CatalogWrites catalog() {
        return new SqlCatalogWrites(handle, keys, commitTime);
    }

    @Override
    public DeltaWrites deltas() {
        return new SqlDeltaWrites(handle, keys, commitTime);
    }

    @Override
    public SessionWrites sessions() {
        return new SqlSessionWrites(handle, commitTime);
    }

    @Override
    public SubscriptionWrites subscriptions() {
        return new SqlSubscriptionWrites(handle);
    }
}
