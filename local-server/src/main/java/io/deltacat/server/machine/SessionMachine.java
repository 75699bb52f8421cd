package io.deltacat.server.machine;

import io.deltacat.server.machine.Decision.Accepted;
import io.deltacat.server.machine.Decision.Refused;
import io.deltacat.server.machine.Decision.Unchanged;

/**
 * The rules of a write session (protocol/data-plane.md §1.11, §1.13). Pure.
 *
 * <pre>
 *   OPEN ── Commit ──► COMMITTED            OPEN ── Attach ──► ATTACHED ── TransactionCommitted ──► COMMITTED
 *   ABORTED, EXPIRED ── Reopen ──► OPEN, for the one write of a key
 *   OPEN, ATTACHED ── Abort, TransactionEnded ──► ABORTED            OPEN ── its time is over ──► EXPIRED
 * </pre>
 */
public final class SessionMachine {
    private SessionMachine() {}

    /**
     * The state a session has at a time: an open session that stands alone expires by itself.
     *
     * @param state stored state
     * @param nowNanos the time
     * @return the state as it is at that time
     */
    public static SessionState at(SessionState state, long nowNanos) {
        if (state.status() == SessionStatus.OPEN && state.transactionId() == null && nowNanos >= state.expiresAt()) {
            return state.with(next ->
                    next.status(SessionStatus.EXPIRED).openKey(null).sessionVersion(state.sessionVersion() + 1));
        }
        return state;
    }

    /**
     * Takes an event.
     *
     * @param stored stored state
     * @param event what happens
     * @param nowNanos when
     * @return the new state, the unchanged state if the event had been taken before, or a refusal
     */
    public static Decision<SessionState> on(SessionState stored, SessionEvent event, long nowNanos) {
        SessionState state = at(stored, nowNanos);
        if (event instanceof SessionEvent.Heartbeat heartbeat) {
            return heartbeat(state, heartbeat, nowNanos);
        }
        if (event instanceof SessionEvent.Commit commit) {
            return commit(state, commit);
        }
        if (event instanceof SessionEvent.Attach attach) {
            return attach(state, attach);
        }
        if (event instanceof SessionEvent.Abort abort) {
            return abort(state, abort);
        }
        if (event instanceof SessionEvent.Reopen reopen) {
            return reopen(state, reopen, nowNanos);
        }
        if (event instanceof SessionEvent.TransactionCommitted committed) {
            return transactionCommitted(state, committed);
        }
        return transactionEnded(state, (SessionEvent.TransactionEnded) event);
    }

    private static Decision<SessionState> heartbeat(SessionState state, SessionEvent.Heartbeat event, long nowNanos) {
        if (state.status().isFinal()) {
            return wrongStatus(state, "heartbeat");
        }
        if (state.sessionVersion() != event.sessionVersion()) {
            return stale(state, event.sessionVersion());
        }
        return new Accepted<>(state.with(next -> next.sessionVersion(state.sessionVersion() + 1)
                .lastHeartbeatAt(nowNanos)
                .expiresAt(Math.addExact(nowNanos, event.timeToLiveNanos()))));
    }

    private static Decision<SessionState> commit(SessionState state, SessionEvent.Commit event) {
        if (state.status() != SessionStatus.OPEN) {
            return wrongStatus(state, "commit");
        }
        if (state.sessionVersion() != event.sessionVersion()) {
            return stale(state, event.sessionVersion());
        }
        if (state.transactionId() != null) {
            throw new IllegalStateException("session " + state.sessionId() + " is bound and cannot commit alone");
        }
        return new Accepted<>(state.with(next -> next.status(SessionStatus.COMMITTED)
                .commitStatus(CommitStatus.COMMITTED)
                .sessionVersion(state.sessionVersion() + 1)
                .openKey(null)
                .target(event.target())
                .tableSpec(null)
                .commitOperationId(event.operationId())
                .commitTransactionId(event.transactionId())
                .result(event.result())));
    }

    private static Decision<SessionState> attach(SessionState state, SessionEvent.Attach event) {
        if (state.status() != SessionStatus.OPEN) {
            return wrongStatus(state, "commit");
        }
        if (state.sessionVersion() != event.sessionVersion()) {
            return stale(state, event.sessionVersion());
        }
        return new Accepted<>(state.with(next -> next.status(SessionStatus.ATTACHED)
                .commitStatus(CommitStatus.PREPARED)
                .sessionVersion(state.sessionVersion() + 1)
                .openKey(null)
                .target(event.target())
                .commitOperationId(event.operationId())
                .result(event.result())));
    }

    private static Decision<SessionState> abort(SessionState state, SessionEvent.Abort event) {
        if (state.status() == SessionStatus.ABORTED || state.status() == SessionStatus.EXPIRED) {
            return new Unchanged<>(state);
        }
        if (state.status() == SessionStatus.COMMITTED) {
            return wrongStatus(state, "abort");
        }
        if (state.sessionVersion() != event.sessionVersion()) {
            return stale(state, event.sessionVersion());
        }
        return new Accepted<>(ended(state, SessionStatus.ABORTED).with(next -> next.reason(event.reason())));
    }

    private static Decision<SessionState> reopen(SessionState state, SessionEvent.Reopen event, long nowNanos) {
        if (state.status() != SessionStatus.ABORTED && state.status() != SessionStatus.EXPIRED) {
            return new Unchanged<>(state);
        }
        return new Accepted<>(state.with(next -> next.status(SessionStatus.OPEN)
                .sessionVersion(state.sessionVersion() + 1)
                .lastHeartbeatAt(nowNanos)
                .expiresAt(Math.addExact(nowNanos, event.timeToLiveNanos()))
                .reason(null)));
    }

    private static Decision<SessionState> transactionCommitted(
            SessionState state, SessionEvent.TransactionCommitted event) {
        if (state.status().isFinal()) {
            return new Unchanged<>(state);
        }
        if (state.status() != SessionStatus.ATTACHED) {
            throw new IllegalStateException("session " + state.sessionId() + " is " + state.status()
                    + " while its transaction commits; expected ATTACHED");
        }
        return new Accepted<>(state.with(next -> next.status(SessionStatus.COMMITTED)
                .commitStatus(CommitStatus.COMMITTED)
                .sessionVersion(state.sessionVersion() + 1)
                .tableSpec(null)
                .commitTransactionId(state.transactionId())
                .result(event.result())));
    }

    private static Decision<SessionState> transactionEnded(SessionState state, SessionEvent.TransactionEnded event) {
        if (state.status().isFinal()) {
            return new Unchanged<>(state);
        }
        return new Accepted<>(ended(state, event.expired() ? SessionStatus.EXPIRED : SessionStatus.ABORTED));
    }

    private static SessionState ended(SessionState state, SessionStatus status) {
        return state.with(next -> next.status(status)
                .commitStatus(null)
                .sessionVersion(state.sessionVersion() + 1)
                .openKey(null)
                .result(null));
    }

    private static Decision<SessionState> stale(SessionState state, long given) {
        return new Refused<>(Refusal.of(
                        RefusalKind.STALE_VERSION,
                        "write session '" + state.sessionId() + "' has session_version " + state.sessionVersion()
                                + ", the request names " + given + "; get the session and use its version")
                .with("session_id", state.sessionId())
                .with("session_version", state.sessionVersion()));
    }

    private static Decision<SessionState> wrongStatus(SessionState state, String what) {
        RefusalKind kind = state.status() == SessionStatus.EXPIRED ? RefusalKind.EXPIRED : RefusalKind.WRONG_STATE;
        Refusal refusal = Refusal.of(
                        kind,
                        "write session '" + state.sessionId() + "' is " + state.status() + " and takes no " + what
                                + "; open a new session")
                .with("session_id", state.sessionId())
                .with("session_status", state.status().name());
        String operationId = state.commitOperationId();
        return new Refused<>(operationId == null ? refusal : refusal.with("commit_operation_id", operationId));
    }
}
