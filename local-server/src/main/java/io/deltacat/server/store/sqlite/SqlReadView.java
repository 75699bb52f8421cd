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
import org.jspecify.annotations.Nullable;

/** Reads at one snapshot through one connection. */
final class SqlReadView implements ReadView {
    private final Snapshot pinned;
    private final SqlCatalogReads catalog;
    private final SqlDeltaReads committed;
    private final SqlSessionReads sessions;
    private final SqlSubscriptionReads subscriptions;
    private @Nullable DeltaReads deltas;

    SqlReadView(Handle handle, Snapshot visible, Snapshot pinned) {
        this.pinned = pinned;
        this.catalog = new SqlCatalogReads(handle, visible);
        this.committed = new SqlDeltaReads(handle, visible);
        this.sessions = new SqlSessionReads(handle);
        this.subscriptions = new SqlSubscriptionReads(handle);
    }

    @Override
    public Snapshot pinned() {
        return pinned;
    }

    @Override
    public CatalogReads catalog() {
        return catalog;
    }

    /** What a transaction attached is looked up when deltas are first asked for: most views are not. */
    @Override
    public DeltaReads deltas() {
        DeltaReads known = deltas;
        if (known == null) {
            String transactionId = pinned.transactionId();
            List<StagedDelta> staged = transactionId.isEmpty() ? List.of() : committed.staged(transactionId);
            known = staged.isEmpty() ? committed : new StagedDeltaReads(committed, transactionId, staged);
            deltas = known;
        }
        return known;
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
