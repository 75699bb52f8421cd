package io.deltacat.server.service;

import io.deltacat.client.model.CommittedDeltaLocator;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.RemoteTransactionBuilder;
import io.deltacat.client.model.TransactionAbortRequest;
import io.deltacat.client.model.TransactionCreateRequest;
import io.deltacat.client.model.TransactionVersionRequest;
import io.deltacat.server.machine.CommitResult;
import io.deltacat.server.machine.ConflictRules;
import io.deltacat.server.machine.Decision;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SessionEvent;
import io.deltacat.server.machine.SessionMachine;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.SessionStatus;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.machine.TableTarget;
import io.deltacat.server.machine.TransactionEvent;
import io.deltacat.server.machine.TransactionMachine;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.TransactionStateBuilder;
import io.deltacat.server.machine.TransactionStatus;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.SessionReads;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.WriteUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Use cases of transactions (protocol/data-plane.md §3). Thread-safe. */
public final class TransactionService {
    private static final int SWEEP_BATCH = 100;

    private final ServiceContext context;
    private final TransactionScope transactions;
    private final Publisher publisher;
    private final PurgedFiles purged;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public TransactionService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.publisher = new Publisher(context);
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
        ReadView view = unit.view(Snapshot.latest().withTransaction(transactionId));
        TransactionState state = TransactionScope.find(view.sessions(), transactionId);
        Decision<TransactionState> decision =
                TransactionMachine.on(state, new TransactionEvent.Commit(fence), context.nowNanos());
        TransactionState next = decision.orThrow();
        if (decision instanceof Decision.Unchanged) {
            return show(next);
        }
        List<SessionState> sessions = attachedSessions(view.sessions(), state);
        List<String> taken = view.catalog().namesTakenFrom(transactionId);
        if (!taken.isEmpty()) {
            throw ConflictRules.lost(String.join(", ", taken), transactionId, "")
                    .asException();
        }
        for (SessionState session : sessions) {
            requireSameTable(view, session, transactionId);
        }
        Set<String> replaced = replacedStreams(unit, state, sessions);
        List<StagedDelta> staged = view.deltas().staged(transactionId);
        SchemeHistory.requireCurrent(view, staged, transactionId);
        unit.catalog().publish(transactionId);
        publish(new Publisher.Commit(unit, transactionId, state.snapshotBefore(), replaced), sessions, staged);
        unit.sessions().replace(next);
        return show(next);
    }

    /** Sessions to publish; one that is still open would be lost silently, so it stands in the way. */
    private static List<SessionState> attachedSessions(SessionReads reads, TransactionState state) {
        List<SessionState> attached = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String id : state.boundSessions()) {
            SessionState session = reads.session(id).orElseThrow(() -> Missing.session(id));
            if (session.status() == SessionStatus.ATTACHED) {
                attached.add(session);
            } else if (session.status() == SessionStatus.OPEN) {
                open.add(id);
            }
        }
        if (!open.isEmpty()) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "transaction '" + state.transactionId() + "' has write sessions that are still open: "
                                    + String.join(", ", open) + "; commit or abort them first")
                    .with("transaction_id", state.transactionId())
                    .with("open_sessions", String.join(",", open))
                    .asException();
        }
        return attached;
    }

    private static void requireSameTable(ReadView view, SessionState session, String transactionId) {
        TableTarget target = session.target();
        String tableId = target.tableId();
        if (tableId == null || view.catalog().tableById(tableId).isEmpty()) {
            throw ConflictRules.lost(target.namespace() + "." + target.table(), transactionId, "")
                    .asException();
        }
        requireFittingSchema(view, tableId, session, transactionId);
    }

    /** What another commit made of the schema meanwhile must still take the files of the session. */
    private static void requireFittingSchema(
            ReadView view, String tableId, SessionState session, String transactionId) {
        TableTarget target = session.target();
        Long written = target.schemaId();
        String version = target.tableVersion();
        if (written == null || version == null) {
            return;
        }
        view.catalog().version(tableId, version).ifPresent(row -> {
            SchemaSpec now = TableLookup.schemaOf(view, row);
            if (now != null && !written.equals(row.schemaId())) {
                SessionSchemas.misfit(view, row, written, now).ifPresent(why -> {
                    throw SessionSchemas.changed(target, transactionId, why);
                });
            }
        });
    }

    /** Streams that the transaction replaces; nobody else may have changed or replaced them. */
    private static Set<String> replacedStreams(WriteUnit unit, TransactionState state, List<SessionState> sessions) {
        Set<String> ids = new HashSet<>();
        DeltaReads committed = unit.view(Snapshot.latest()).deltas();
        for (StreamRow stream : committed.replacedBy(state.transactionId())) {
            ids.add(stream.streamId());
            boolean own = committed.stream(stream.tableId(), stream.tableVersion(), stream.streamId())
                    .isEmpty();
            if (own) {
                continue;
            }
            Optional<DeltaRow> change = committed.changeSince(stream.streamId(), state.snapshotBefore());
            if (change.isPresent() || !committed.isCurrent(stream)) {
                String winner = change.map(DeltaRow::transactionId).orElse("");
                String name = sessions.stream()
                        .map(SessionState::target)
                        .filter(target -> stream.tableId().equals(target.tableId()))
                        .map(target -> target.namespace() + "." + target.table())
                        .findFirst()
                        .orElse(stream.tableId());
                throw ConflictRules.lost(name, state.transactionId(), winner).asException();
            }
        }
        return ids;
    }

    /** Publishes in the order the deltas were attached, which is the order the transaction saw them in. */
    private void publish(Publisher.Commit commit, List<SessionState> sessions, List<StagedDelta> staged) {
        Map<String, List<CommittedDeltaLocator>> locators = new HashMap<>();
        Map<String, TableTarget> targets = new HashMap<>();
        sessions.forEach(session -> targets.put(session.sessionId(), session.target()));
        for (StagedDelta delta : staged) {
            TableTarget target = targets.get(delta.sessionId());
            if (target == null) {
                throw new IllegalStateException("staged delta of session " + delta.sessionId() + " is not attached");
            }
            locators.computeIfAbsent(delta.sessionId(), id -> new ArrayList<>())
                    .add(publisher.publish(commit, delta, target));
            commit.unit().deltas().unstage(delta.deltaKey());
        }
        for (SessionState session : sessions) {
            CommitResult result = session.result();
            if (result == null) {
                throw new IllegalStateException("attached session " + session.sessionId() + " has no result");
            }
            commit.unit()
                    .sessions()
                    .replace(SessionMachine.on(
                                    session,
                                    new SessionEvent.TransactionCommitted(
                                            result.located(locators.getOrDefault(session.sessionId(), List.of()))),
                                    context.nowNanos())
                            .orThrow());
        }
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
