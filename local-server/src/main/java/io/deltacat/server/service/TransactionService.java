package io.deltacat.server.service;

import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.RemoteTransactionBuilder;
import io.deltacat.client.model.TransactionAbortRequest;
import io.deltacat.client.model.TransactionCreateRequest;
import io.deltacat.client.model.TransactionVersionRequest;
import io.deltacat.server.machine.Decision;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SessionEvent;
import io.deltacat.server.machine.SessionMachine;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.TransactionEvent;
import io.deltacat.server.machine.TransactionMachine;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.TransactionStateBuilder;
import io.deltacat.server.machine.TransactionStatus;
import io.deltacat.server.store.SessionReads;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.WriteUnit;
import java.util.List;

/** Use cases of transactions (protocol/data-plane.md §3). Thread-safe. */
public final class TransactionService {
    private static final int SWEEP_BATCH = 100;

    private final ServiceContext context;
    private final TransactionScope transactions;
    private final TransactionCommit commit;
    private final PurgedFiles purged;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public TransactionService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.commit = new TransactionCommit(context);
        this.purged = new PurgedFiles(context);
    }

    /** Begins a transaction; what it reads is fixed now, or at {@code as_of}. */
    public RemoteTransaction begin(TransactionCreateRequest request) {
        Long asOf = request.asOf();
        if (asOf != null) {
            transactions.requirePast(asOf);
        }
        String id = "tx_" + context.newId().replace("-", "");
        return context.store().write(unit -> {
            long now = context.nowNanos();
            TransactionState state = TransactionStateBuilder.builder()
                    .transactionId(id)
                    .transactionVersion(1)
                    .status(TransactionStatus.RUNNING)
                    .snapshotBefore(asOf == null ? unit.commitTime() : asOf)
                    .asOf(asOf)
                    .commitMessage(request.commitMessage())
                    .createdAt(now)
                    .lastHeartbeatAt(now)
                    .expiresAt(
                            Math.addExact(now, context.transactionTimeToLive().toNanos()))
                    .boundSessions(List.of())
                    .build();
            unit.sessions().add(state);
            return show(state);
        });
    }

    /** A transaction as it is now. */
    public RemoteTransaction get(String transactionId) {
        return context.store()
                .read(
                        Snapshot.latest(),
                        view -> show(TransactionMachine.at(
                                TransactionScope.find(view.sessions(), transactionId), context.nowNanos())));
    }

    /** Keeps a transaction alive. */
    public RemoteTransaction heartbeat(String transactionId, TransactionVersionRequest request) {
        return context.store().write(unit -> {
            TransactionState state =
                    TransactionScope.find(unit.view(Snapshot.latest()).sessions(), transactionId);
            TransactionState next = TransactionMachine.on(
                            state,
                            new TransactionEvent.Heartbeat(
                                    request.transactionVersion(),
                                    context.transactionTimeToLive().toNanos()),
                            context.nowNanos())
                    .orThrow();
            unit.sessions().replace(next);
            return show(next);
        });
    }

    /**
     * Makes everything in a transaction visible at once. A conflict ends the transaction for good.
     *
     * @throws RefusedException on a conflict, a stale version or a transaction that has ended
     */
    public RemoteTransaction commit(String transactionId, TransactionVersionRequest request) {
        long fence = request.transactionVersion();
        try {
            RemoteTransaction committed = context.store().write(unit -> commit(unit, transactionId, fence));
            purged.deleteWaiting();
            return committed;
        } catch (RefusedException refused) {
            if (refused.refusal().kind() == RefusalKind.CONCURRENT_MODIFICATION) {
                context.store().write(unit -> fail(unit, transactionId, fence, refused.refusal()));
            }
            throw refused;
        }
    }

    private RemoteTransaction commit(WriteUnit unit, String transactionId, long fence) {
        TransactionState state =
                TransactionScope.find(unit.view(Snapshot.latest()).sessions(), transactionId);
        Decision<TransactionState> decision =
                TransactionMachine.on(state, new TransactionEvent.Commit(fence), context.nowNanos());
        TransactionState next = decision.orThrow();
        if (decision instanceof Decision.Accepted) {
            commit.apply(unit, state);
            unit.sessions().replace(next);
        }
        return show(next);
    }

    private boolean fail(WriteUnit unit, String transactionId, long fence, Refusal failure) {
        TransactionState state =
                TransactionScope.find(unit.view(Snapshot.latest()).sessions(), transactionId);
        Decision<TransactionState> decision =
                TransactionMachine.on(state, new TransactionEvent.Fail(fence, failure), context.nowNanos());
        if (decision instanceof Decision.Accepted<TransactionState> accepted) {
            end(unit, accepted.state());
        }
        return true;
    }

    /** Gives a transaction up, with everything in it. */
    public RemoteTransaction abort(String transactionId, TransactionAbortRequest request) {
        return context.store().write(unit -> {
            TransactionState state =
                    TransactionScope.find(unit.view(Snapshot.latest()).sessions(), transactionId);
            TransactionState next = TransactionMachine.on(
                            state,
                            new TransactionEvent.Abort(request.transactionVersion(), request.reason()),
                            context.nowNanos())
                    .orThrow();
            if (state.status() == TransactionStatus.RUNNING) {
                end(unit, next);
            }
            return show(next);
        });
    }

    /** Makes a transaction's time run out now; for tests. */
    public void expireNow(String transactionId) {
        context.store().write(unit -> {
            TransactionState state =
                    TransactionScope.find(unit.view(Snapshot.latest()).sessions(), transactionId);
            long now = context.nowNanos();
            unit.sessions().replace(state.with(next -> next.expiresAt(now)));
            return true;
        });
    }

    /**
     * Ends transactions whose time is over and forgets what they had staged.
     *
     * @return how many
     */
    public int sweep() {
        List<TransactionState> overdue = context.store()
                .read(Snapshot.latest(), view -> view.sessions().overdueTransactions(context.nowNanos(), SWEEP_BATCH));
        for (TransactionState found : overdue) {
            context.store().write(unit -> {
                TransactionState state =
                        TransactionScope.find(unit.view(Snapshot.latest()).sessions(), found.transactionId());
                TransactionState now = TransactionMachine.at(state, context.nowNanos());
                if (state.status() == TransactionStatus.RUNNING && now.status() == TransactionStatus.EXPIRED) {
                    end(unit, now);
                }
                return true;
            });
        }
        return overdue.size();
    }

    /** Stores the end of a transaction that did not commit, and takes back what was pending. */
    private void end(WriteUnit unit, TransactionState ended) {
        unit.sessions().replace(ended);
        unit.catalog().discard(ended.transactionId());
        SessionReads reads = unit.view(Snapshot.latest()).sessions();
        for (String id : ended.boundSessions()) {
            SessionState session = reads.session(id).orElseThrow(() -> Missing.session(id));
            boolean expired = ended.status() == TransactionStatus.EXPIRED;
            unit.sessions()
                    .replace(SessionMachine.on(session, new SessionEvent.TransactionEnded(expired), context.nowNanos())
                            .orThrow());
            SessionService.discardStaged(unit, id);
        }
    }

    private RemoteTransaction show(TransactionState state) {
        boolean ended = state.status().isFinal();
        return RemoteTransactionBuilder.builder()
                .transactionId(state.transactionId())
                .transactionVersion(state.transactionVersion())
                .status(state.status().name())
                .catalog(context.catalog())
                .asOf(state.asOf())
                .commitMessage(state.commitMessage())
                .createdAt(state.createdAt())
                .expiresAt(state.expiresAt())
                .lastHeartbeatAt(state.lastHeartbeatAt())
                .boundWriteSessions(state.boundSessions())
                .operationCount(state.operationCount())
                .finalizedAt(state.finalizedAt())
                .finalizationState(ended ? state.status().name() : null)
                .build();
    }
}
