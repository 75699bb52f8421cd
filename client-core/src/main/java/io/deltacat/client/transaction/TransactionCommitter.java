package io.deltacat.client.transaction;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.http.Pacing;
import io.deltacat.client.model.RemoteTransaction;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Commits transactions and settles lost replies, as {@link TransactionRecovery} decides. Thread-safe. */
final class TransactionCommitter {
    private final TransactionClient transactions;
    private final Pacing pacing;
    private final Duration timeout;

    TransactionCommitter(TransactionClient transactions, Pacing pacing, Duration timeout) {
        this.transactions = transactions;
        this.pacing = pacing;
        this.timeout = timeout;
    }

    RemoteTransaction commit(String transactionId, long version) {
        return run(transactionId, new TransactionRecovery(transactionId), new CommitStep.Send<>(version));
    }

    RemoteTransaction resume(String transactionId) {
        return run(transactionId, TransactionRecovery.ofMaybeSent(transactionId), new CommitStep.Look<>());
    }

    private RemoteTransaction run(
            String transactionId, TransactionRecovery recovery, CommitStep<RemoteTransaction> first) {
        Conversation conversation = new Conversation(transactionId, recovery);
        return new CommitLoop<>(conversation, pacing, timeout, "transaction '" + transactionId + "'").run(first);
    }

    private final class Conversation implements CommitLoop.Protocol<RemoteTransaction> {
        private final String transactionId;
        private final TransactionRecovery recovery;
        private @Nullable DeltaCatException lastFailure;

        private Conversation(String transactionId, TransactionRecovery recovery) {
            this.transactionId = transactionId;
            this.recovery = recovery;
        }

        @Override
        public CommitStep<RemoteTransaction> send(long version, Duration elapsed) {
            lastFailure = null;
            try {
                return recovery.afterReply(transactions.commit(transactionId, version));
            } catch (DeltaCatException e) {
                lastFailure = e;
                return recovery.afterFailure(e, version);
            }
        }

        @Override
        public CommitStep<RemoteTransaction> look(Duration elapsed) {
            lastFailure = null;
            try {
                return recovery.afterLook(transactions.get(transactionId));
            } catch (DeltaCatException e) {
                lastFailure = e;
                return recovery.afterFailedLook(e);
            }
        }

        @Override
        public Optional<DeltaCatException> lastFailure() {
            return Optional.ofNullable(lastFailure);
        }
    }
}
