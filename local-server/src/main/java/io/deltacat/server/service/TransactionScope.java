package io.deltacat.server.service;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.TransactionEvent;
import io.deltacat.server.machine.TransactionMachine;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.TransactionStatus;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.SessionReads;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.WriteUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs reads and mutations at the snapshot, and under the fence, of the transaction a request names. Thread-safe. */
final class TransactionScope {
    private final ServiceContext context;

    TransactionScope(ServiceContext context) {
        this.context = context;
    }

    /** Reads at the present, at a time in the past, or inside a transaction. */
    <T> T read(@Nullable TransactionReference reference, @Nullable Long asOf, Function<ReadView, T> query) {
        return context.store().read(snapshot(reference, asOf), query);
    }

    /** The snapshot of a request. */
    Snapshot snapshot(@Nullable TransactionReference reference, @Nullable Long asOf) {
        if (reference != null && asOf != null) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "the request names both a transaction and as_of; a transaction has its own snapshot, leave as_of"
                                    + " out")
                    .with("field", "as_of")
                    .asException();
        }
        if (asOf != null) {
            requirePast(asOf);
            return Snapshot.before(asOf);
        }
        if (reference == null) {
            return Snapshot.latest();
        }
        TransactionState state =
                context.store().read(Snapshot.latest(), view -> running(view.sessions(), reference.transactionId()));
        return snapshotOf(state);
    }

    /** Refuses a time that has not come yet: what is read there would still change. */
    void requirePast(long asOf) {
        requireKnown(asOf, 0, "as_of");
    }

    /**
     * Refuses a snapshot that has not come yet, by the clock and by the last commit: the clock may have stepped back since.
     *
     * @param before nanoseconds since the epoch
     * @param afterCommit how much it may be after the last commit: tokens name the first moment that sees it
     * @param field the field it came in
     */
    void requireKnown(long before, long afterCommit, String field) {
        long now = context.nowNanos();
        if (before >= 0 && before <= now) {
            return;
        }
        long lastCommit =
                context.store().read(Snapshot.latest(), view -> view.pinned().before() - 1);
        if (before < 0 || before > lastCommit + afterCommit) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "'" + field + "' is " + before
                                    + "; expected nanoseconds since the epoch, not after the server's time "
                                    + Math.max(now, lastCommit))
                    .with("field", field)
                    .with("server_time", Math.max(now, lastCommit))
                    .asException();
        }
    }

    /** The transaction, which must run. */
    TransactionState running(SessionReads sessions, String transactionId) {
        TransactionState state = TransactionMachine.at(find(sessions, transactionId), context.nowNanos());
        if (state.status() != TransactionStatus.RUNNING) {
            RefusalKind kind =
                    state.status() == TransactionStatus.EXPIRED ? RefusalKind.EXPIRED : RefusalKind.WRONG_STATE;
            throw Refusal.of(kind, "transaction '" + transactionId + "' is " + state.status() + "; begin a new one")
                    .with("transaction_id", transactionId)
                    .with("transaction_status", state.status().name())
                    .asException();
        }
        return state;
    }

    /** The transaction in whatever state. */
    static TransactionState find(SessionReads sessions, String transactionId) {
        return sessions.transaction(transactionId)
                .orElseThrow(() -> Refusal.of(
                                RefusalKind.NOT_FOUND, "transaction '" + transactionId + "' does not exist; begin one")
                        .with("transaction_id", transactionId)
                        .asException());
    }

    /** What a running transaction sees. */
    static Snapshot snapshotOf(TransactionState state) {
        return Snapshot.before(state.snapshotBefore()).withTransaction(state.transactionId());
    }

    /** Counts a mutation in the transaction, if there is one, and stores its new version. */
    Mutation mutate(WriteUnit unit, @Nullable TransactionReference reference, @Nullable String newSessionId) {
        if (reference == null) {
            return new Mutation("", Snapshot.latest(), null);
        }
        TransactionState state = find(unit.view(Snapshot.latest()).sessions(), reference.transactionId());
        TransactionState next = TransactionMachine.on(
                        state,
                        new TransactionEvent.Mutate(reference.transactionVersion(), newSessionId),
                        context.nowNanos())
                .orThrow();
        unit.sessions().replace(next);
        return new Mutation(next.transactionId(), snapshotOf(next), next);
    }

    /**
     * Where a mutation happens.
     *
     * @param transactionId the transaction, or empty for none: the change is visible with its own commit
     * @param snapshot what it sees
     * @param transaction the transaction after the mutation was counted; null for none
     */
    record Mutation(
            String transactionId,
            Snapshot snapshot,
            @Nullable TransactionState transaction) {
        /** Refuses a change that another running transaction is making to the same thing. */
        void requireFree(boolean free, String what) {
            if (!free) {
                throw Refusal.of(
                                RefusalKind.WRONG_STATE,
                                "'" + what
                                        + "' was changed, or is being changed, by another transaction; retry when it has"
                                        + " ended, in a new transaction if you use one")
                        .asException();
            }
        }

        @Nullable
        String transactionIdOrNull() {
            return transaction == null ? null : transaction.transactionId();
        }

        @Nullable
        Long transactionVersion() {
            return transaction == null ? null : transaction.transactionVersion();
        }
    }
}
