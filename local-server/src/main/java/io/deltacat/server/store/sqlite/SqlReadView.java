package io.deltacat.server.store.sqlite;

import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.store.CatalogReads;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.SessionReads;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StagedDeltaReads;
import io.deltacat.server.store.SubscriptionReads;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads at one snapshot through one connection. */
final class SqlReadView implements ReadView {
    private final Snapshot pinned;
    private final SqlCatalogReads catalog;
    private final DeltaReads deltas;
    private final SqlSessionReads sessions;
    private final SqlSubscriptionReads subscriptions;

    SqlReadView(Handle handle, Snapshot visible, Snapshot pinned) {
        this.pinned = pinned;
        this.catalog = new SqlCatalogReads(handle, visible);
        this.deltas = deltas(new SqlDeltaReads(handle, visible), visible.transactionId());
        this.sessions = new SqlSessionReads(handle);
        this.subscriptions = new SqlSubscriptionReads(handle);
    }

    private static DeltaReads deltas(SqlDeltaReads committed, String transactionId) {
        List<StagedDelta> staged = transactionId.isEmpty() ? List.of() : committed.staged(transactionId);
        return staged.isEmpty() ? committed : new StagedDeltaReads(committed, transactionId, staged);
    }

    @Override
    public Snapshot pinned() {
        return pinned;
    }

    @Override
    public CatalogReads catalog() {
        return catalog;
    }

    @Override
    public DeltaReads deltas() {
        return deltas;
    }

    @Override
    public SessionReads sessions() {
        return sessions;
    }

    @Override
    public SubscriptionReads subscriptions() {
        return subscriptions;
    }
}
