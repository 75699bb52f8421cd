package io.deltacat.client.transaction;

import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.NotFound;
import io.deltacat.client.RateLimited;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.model.RemoteTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the commit of one transaction is settled (protocol/data-plane.md §3: it has no key, so only looking tells
 * what a lost reply meant). Pure: no clock, no requests. The argument why no commit is lost or repeated: a transaction is
 * committed at most once whatever is sent, because its version is a fence and a committed one accepts no second commit; so
 * "committed" when looked at means our commit, and "open" means that sending again is safe even if the first request is
 * still on its way. Mutable; one per commit, confined to one thread.
 */
public final class TransactionRecovery {
    private final String transactionId;
    private boolean maybeSent;
    private @Nullable Conflict conflict;
    private long conflictVersion;

    /**
     * Begins settling.
     *
     * @param transactionId the transaction, for messages
     */
    public TransactionRecovery(String transactionId) {
        this.transactionId = transactionId;
    }

    /**
     * Begins settling a commit that an earlier process may have sent, as after a restore.
     *
     * @param transactionId the transaction, for messages
     * @return a recovery that takes a vanished transaction for unknown
     */
    public static TransactionRecovery ofMaybeSent(String transactionId) {
        TransactionRecovery recovery = new TransactionRecovery(transactionId);
        recovery.maybeSent = true;
        return recovery;
    }

    /**
     * Decides after the server's answer to a commit.
     *
     * @param reply the answer
     * @return done, look, or fail
     */
    public CommitStep<RemoteTransaction> afterReply(RemoteTransaction reply) {
        maybeSent = true;
        return switch (stateOf(reply)) {
            case COMMITTED -> new CommitStep.Done<>(reply);
            case DISCARDED -> discarded(reply);
            case OPEN, UNDER_WAY -> new CommitStep.Look<>();
        };
    }

    /**
     * Decides after a failed commit.
     *
     * @param error why it failed
     * @param version version it was sent with
     * @return send again, look, or fail
     */
    public CommitStep<RemoteTransaction> afterFailure(DeltaCatException error, long version) {
        if (error instanceof UnknownOutcome) {
            maybeSent = true;
            return new CommitStep.Look<>();
        }
        if (error instanceof ServerUnavailable || error instanceof RateLimited) {
            return new CommitStep.Send<>(version);
        }
        if (error instanceof Conflict refused) {
            if (refused.status() == 423) {
                return new CommitStep.Send<>(version);
            }
            conflict = refused;
            conflictVersion = version;
            return new CommitStep.Look<>();
        }
        return maybeSent ? unknown(error) : new CommitStep.Fail<>(error);
    }

    /**
     * Decides after looking.
     *
     * @param state the transaction as it is
     * @return done, send with the present version, look again, or fail
     */
    public CommitStep<RemoteTransaction> afterLook(RemoteTransaction state) {
        return switch (stateOf(state)) {
            case COMMITTED -> new CommitStep.Done<>(state);
            case DISCARDED -> discarded(state);
            case UNDER_WAY -> new CommitStep.Look<>();
            case OPEN -> whenOpen(state);
        };
    }

    /** A refused version that is stale by now, as after a heartbeat with a lost reply, is worth another attempt. */
    private CommitStep<RemoteTransaction> whenOpen(RemoteTransaction state) {
        if (conflict != null && conflictVersion == state.transactionVersion()) {
            return new CommitStep.Fail<>(conflict);
        }
        conflict = null;
        return new CommitStep.Send<>(state.transactionVersion());
    }

    /**
     * Decides after a look that failed.
     *
     * @param error why it failed
     * @return look again, or fail
     */
    public CommitStep<RemoteTransaction> afterFailedLook(DeltaCatException error) {
        if (error instanceof ServerUnavailable || error instanceof RateLimited || error instanceof UnknownOutcome) {
            return new CommitStep.Look<>();
        }
        if (error instanceof NotFound && conflict != null && !maybeSent) {
            return new CommitStep.Fail<>(conflict);
        }
        return maybeSent ? unknown(error) : new CommitStep.Fail<>(error);
    }

    /**
     * Reads what a transaction's status means.
     *
     * @param transaction the transaction
     * @return its meaning
     */
    public static SettledState stateOf(RemoteTransaction transaction) {
        String finalization = transaction.finalizationState();
        return SettledState.ofTransaction(transaction.status(), finalization == null ? "" : finalization);
    }

    private CommitStep<RemoteTransaction> discarded(RemoteTransaction state) {
        if (conflict != null) {
            return new CommitStep.Fail<>(conflict);
        }
        return new CommitStep.Fail<>(new Conflict(FailureContextBuilder.builder()
                .code("transaction_not_committed")
                .problem("transaction '" + transactionId + "' ended as '" + state.status() + "' and was not committed")
                .cure("Write the same files with a new transaction.")
                .build()));
    }

    private CommitStep<RemoteTransaction> unknown(DeltaCatException last) {
        return new CommitStep.Fail<>(new UnknownOutcome(
                FailureContextBuilder.builder(last.context())
                        .problem("commit of transaction '" + transactionId + "' was sent and cannot be looked at: "
                                + last.context().problem())
                        .cure("Look for the files of the transaction in the table before writing them again.")
                        .build(),
                last));
    }
}
