package io.deltacat.server.machine;

import io.deltacat.server.machine.Decision.Accepted;
import io.deltacat.server.machine.Decision.Refused;
import io.deltacat.server.machine.Decision.Unchanged;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a transaction (protocol/data-plane.md §3). Pure. Every accepted event raises the version; from RUNNING it
 * goes to COMMITTED, ABORTED, FAILED or EXPIRED and stays there. A repeated commit or abort with the version of the first
 * one is answered as the first one was.
 */
public final class TransactionMachine {
    private TransactionMachine() {}

    /**
     * The state a transaction has at a time: a running one expires by itself.
     *
     * @param state stored state
     * @param nowNanos the time
     * @return the state as it is at that time
     */
    public static TransactionState at(TransactionState state, long nowNanos) {
        if (state.status() == TransactionStatus.RUNNING && nowNanos >= state.expiresAt()) {
            return state.with(next -> next.status(TransactionStatus.EXPIRED)
                    .transactionVersion(state.transactionVersion() + 1)
                    .finalizedAt(state.expiresAt()));
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
    public static Decision<TransactionState> on(TransactionState stored, TransactionEvent event, long nowNanos) {
        TransactionState state = at(stored, nowNanos);
        if (state.status() != TransactionStatus.RUNNING) {
            return onFinal(state, event);
        }
        if (state.transactionVersion() != event.transactionVersion()) {
            return new Refused<>(stale(state, event.transactionVersion()));
        }
        if (event instanceof TransactionEvent.Heartbeat heartbeat) {
            return new Accepted<>(bumped(state)
                    .with(next -> next.lastHeartbeatAt(nowNanos)
                            .expiresAt(Math.addExact(nowNanos, heartbeat.timeToLiveNanos()))));
        }
        if (event instanceof TransactionEvent.Mutate mutate) {
            return mutate(state, mutate);
        }
        if (event instanceof TransactionEvent.Commit) {
            return new Accepted<>(ended(state, TransactionStatus.COMMITTED, nowNanos));
        }
        if (event instanceof TransactionEvent.Abort abort) {
            return new Accepted<>(
                    ended(state, TransactionStatus.ABORTED, nowNanos).with(next -> next.reason(abort.reason())));
        }
        TransactionEvent.Fail fail = (TransactionEvent.Fail) event;
        return new Accepted<>(
                ended(state, TransactionStatus.FAILED, nowNanos).with(next -> next.failure(fail.failure())));
    }

    private static Decision<TransactionState> mutate(TransactionState state, TransactionEvent.Mutate event) {
        if (state.asOf() != null) {
            return new Refused<>(Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "transaction '" + state.transactionId() + "' reads history as of " + state.asOf()
                                    + " and takes no change; begin one without as_of")
                    .with("transaction_id", state.transactionId()));
        }
        List<String> sessions = new ArrayList<>(state.boundSessions());
        String newSession = event.newSessionId();
        if (newSession != null) {
            sessions.add(newSession);
        }
        return new Accepted<>(
                bumped(state).with(next -> next.boundSessions(sessions).operationCount(state.operationCount() + 1)));
    }

    private static Decision<TransactionState> onFinal(TransactionState state, TransactionEvent event) {
        boolean sameFence = event.transactionVersion() == state.transactionVersion()
                || event.transactionVersion() == state.transactionVersion() - 1;
        if (event instanceof TransactionEvent.Commit && state.status() == TransactionStatus.COMMITTED && sameFence) {
            return new Unchanged<>(state);
        }
        if (event instanceof TransactionEvent.Abort && state.status() != TransactionStatus.COMMITTED) {
            return new Unchanged<>(state);
        }
        Refusal failure = state.failure();
        if (event instanceof TransactionEvent.Commit && failure != null) {
            return new Refused<>(failure);
        }
        RefusalKind kind = state.status() == TransactionStatus.EXPIRED ? RefusalKind.EXPIRED : RefusalKind.WRONG_STATE;
        return new Refused<>(Refusal.of(
                        kind,
                        "transaction '" + state.transactionId() + "' is " + state.status()
                                + " and takes nothing more; begin a new one")
                .with("transaction_id", state.transactionId())
                .with("transaction_status", state.status().name())
                .with("transaction_version", state.transactionVersion()));
    }

    private static TransactionState bumped(TransactionState state) {
        return state.with(next -> next.transactionVersion(state.transactionVersion() + 1));
    }

    private static TransactionState ended(TransactionState state, TransactionStatus status, long nowNanos) {
        return bumped(state).with(next -> next.status(status).finalizedAt(nowNanos));
    }

    private static Refusal stale(TransactionState state, long given) {
        return Refusal.of(
                        RefusalKind.STALE_VERSION,
                        "transaction '" + state.transactionId() + "' has transaction_version "
                                + state.transactionVersion() + ", the request names " + given
                                + "; get the transaction and use its version")
                .with("transaction_id", state.transactionId())
                .with("transaction_version", state.transactionVersion());
    }
}
