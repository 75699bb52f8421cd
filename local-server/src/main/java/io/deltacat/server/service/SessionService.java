package io.deltacat.server.service;

import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionAbortRequest;
import io.deltacat.client.model.WriteSessionCommitRequest;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.client.model.WriteSessionHeartbeatRequest;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SessionEvent;
import io.deltacat.server.machine.SessionMachine;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.machine.TransactionMachine;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.TransactionStatus;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.WriteUnit;
import org.jspecify.annotations.Nullable;

/** Use cases of write sessions. Thread-safe. */
public final class SessionService {
    private final ServiceContext context;
    private final TransactionScope transactions;
    private final SessionReplies replies;
    private final SessionOpening opening;
    private final SessionCommit commit;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public SessionService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.replies = new SessionReplies(context);
        this.opening = new SessionOpening(context, transactions, replies);
        this.commit = new SessionCommit(context, transactions, replies);
    }

    /**
     * Opens a session.
     *
     * @param namespace namespace of the table
     * @param table the table
     * @param request the body
     * @param schema decoded schema of a table to create; null if none is given
     * @param createsTable whether the body says how to create the table
     * @param operation keyed by the body's operation id
     * @return the session as JSON
     */
    public String open(
            String namespace,
            String table,
            WriteSessionCreateRequest request,
            @Nullable SchemaSpec schema,
            boolean createsTable,
            Operation operation) {
        return opening.open(namespace, table, request, schema, createsTable, operation);
    }

    /** A session as it is now. */
    public WriteSession get(String sessionId) {
        return context.store().read(Snapshot.latest(), view -> {
            SessionState state = view.sessions().session(sessionId).orElseThrow(() -> Missing.session(sessionId));
            TransactionState transaction = transactionOf(view, state);
            return replies.show(view, asOfNow(state, transaction), transaction);
        });
    }

    /** Keeps a session alive. */
    public WriteSession heartbeat(String sessionId, WriteSessionHeartbeatRequest request) {
        return context.store().write(unit -> {
            ReadView view = unit.view(Snapshot.latest());
            SessionState state = view.sessions().session(sessionId).orElseThrow(() -> Missing.session(sessionId));
            TransactionState transaction = transactionOf(view, state);
            SessionState next = SessionMachine.on(
                            asOfNow(state, transaction),
                            new SessionEvent.Heartbeat(
                                    request.sessionVersion(),
                                    context.sessionTimeToLive().toNanos()),
                            context.nowNanos())
                    .orThrow();
            unit.sessions().replace(next);
            return replies.show(view, next, transaction);
        });
    }

    /** Commits a session; the same operation id gives the same bytes again. */
    public String commit(String sessionId, WriteSessionCommitRequest request) {
        return commit.commit(sessionId, request);
    }

    /** Gives a session up. Its files stay where they are. */
    public WriteSession abort(String sessionId, WriteSessionAbortRequest request) {
        return context.store().write(unit -> {
            ReadView view = unit.view(Snapshot.latest());
            SessionState state = view.sessions().session(sessionId).orElseThrow(() -> Missing.session(sessionId));
            TransactionState transaction = transactionOf(view, state);
            SessionState now = asOfNow(state, transaction);
            SessionState next = SessionMachine.on(
                            now, new SessionEvent.Abort(request.sessionVersion(), request.reason()), context.nowNanos())
                    .orThrow();
            if (!next.equals(state)) {
                unit.sessions().replace(next);
                discardStaged(unit, sessionId);
            }
            TransactionState after = transaction;
            if (!next.equals(now) && transaction != null && transaction.status() == TransactionStatus.RUNNING) {
                after = transactions
                        .mutate(
                                unit,
                                new TransactionReference(transaction.transactionId(), transaction.transactionVersion()),
                                null)
                        .transaction();
            }
            return replies.show(view, next, after);
        });
    }

    /** Makes a session's time run out now; for tests. */
    public void expireNow(String sessionId) {
        context.store().write(unit -> {
            SessionState state = unit.view(Snapshot.latest())
                    .sessions()
                    .session(sessionId)
                    .orElseThrow(() -> Missing.session(sessionId));
            long now = context.nowNanos();
            unit.sessions().replace(state.with(next -> next.expiresAt(now)));
            return true;
        });
    }

    static void discardStaged(WriteUnit unit, String sessionId) {
        for (StagedDelta delta : unit.view(Snapshot.latest()).deltas().stagedBySession(sessionId)) {
            unit.deltas().removeEntries(delta.deltaKey());
            unit.deltas().unstage(delta.deltaKey());
        }
    }

    private @Nullable TransactionState transactionOf(ReadView view, SessionState state) {
        String id = state.transactionId();
        return id == null
                ? null
                : TransactionMachine.at(TransactionScope.find(view.sessions(), id), context.nowNanos());
    }

    private SessionState asOfNow(SessionState state, @Nullable TransactionState transaction) {
        if (transaction != null
                && transaction.status().isFinal()
                && transaction.status() != TransactionStatus.COMMITTED) {
            boolean expired = transaction.status() == TransactionStatus.EXPIRED;
            return SessionMachine.on(state, new SessionEvent.TransactionEnded(expired), context.nowNanos())
                    .orThrow();
        }
        return SessionMachine.at(state, context.nowNanos());
    }
}
