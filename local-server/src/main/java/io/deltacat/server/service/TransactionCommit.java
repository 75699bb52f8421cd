package io.deltacat.server.service;

import io.deltacat.client.model.CommittedDeltaLocator;
import io.deltacat.server.machine.CommitResult;
import io.deltacat.server.machine.ConflictRules;
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
import io.deltacat.server.machine.TransactionState;
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

/** Makes everything in a transaction visible, unless another commit came in between. Thread-safe. */
final class TransactionCommit {
    private final ServiceContext context;
    private final Publisher publisher;

    TransactionCommit(ServiceContext context) {
        this.context = context;
        this.publisher = new Publisher(context);
    }

    /**
     * Checks for conflicts and publishes.
     *
     * @param unit the change
     * @param state the running transaction
     * @throws RefusedException on a conflict, or if one of its sessions is still open
     */
    void apply(WriteUnit unit, TransactionState state) {
        String transactionId = state.transactionId();
        ReadView view = unit.view(Snapshot.latest().withTransaction(transactionId));
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
}
