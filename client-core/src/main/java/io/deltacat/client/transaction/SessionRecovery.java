package io.deltacat.client.transaction;

import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.RateLimited;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.model.WriteSession;
import java.time.Duration;

/**
 * Decides how the commit of one write session is settled by getting the session and sending the same operation again
 * (protocol/data-plane.md §1.12, §8). Pure: no clock, no requests. The argument why nothing is lost or doubled: the server
 * applies an operation id once; a session committed under another id is a failure; and nothing is aborted while the
 * outcome is open. Mutable; one per commit, confined to one thread.
 */
public final class SessionRecovery {
    /** How long an operation that the server has begun is left alone before it is sent again. */
    public static final Duration QUIET_TIME = Duration.ofSeconds(5);

    private final String sessionId;
    private final String operationId;
    private boolean maybeApplied;
    private boolean conflicted;
    private Duration firstBusyLook = Duration.ZERO;
    private boolean busy;

    /**
     * Begins settling.
     *
     * @param sessionId the session, for messages
     * @param operationId operation id of the commit
     */
    public SessionRecovery(String sessionId, String operationId) {
        this.sessionId = sessionId;
        this.operationId = operationId;
    }

    /**
     * Decides after the server's answer to a commit.
     *
     * @param reply the answer
     * @param elapsed time since the first request
     * @return done, look, or fail
     */
    public CommitStep<WriteSession> afterReply(WriteSession reply, Duration elapsed) {
        maybeApplied = true;
        if (isDone(reply)) {
            return new CommitStep.Done<>(reply);
        }
        CommitStep<WriteSession> next = afterLook(reply, elapsed);
        return next instanceof CommitStep.Send ? new CommitStep.Look<>() : next;
    }

    /**
     * Decides after a failed commit.
     *
     * @param error why it failed
     * @param version version it was sent with
     * @return send again, look, or fail
     */
    public CommitStep<WriteSession> afterFailure(DeltaCatException error, long version) {
        busy = false;
        boolean notAdmitted = error.detail("admitted").filter("false"::equals).isPresent();
        if (notAdmitted && error.retryable()) {
            return new CommitStep.Send<>(version);
        }
        if (error instanceof UnknownOutcome) {
            maybeApplied = true;
            return new CommitStep.Look<>();
        }
        if (error instanceof RateLimited || error.status() == 423) {
            return new CommitStep.Send<>(version);
        }
        if (error instanceof ServerUnavailable) {
            return error.status() == 0 ? new CommitStep.Send<>(version) : new CommitStep.Look<>();
        }
        if (error instanceof Conflict && !error.code().equals("concurrent_modification") && !conflicted) {
            conflicted = true;
            return new CommitStep.Look<>();
        }
        if (error instanceof Conflict) {
            return new CommitStep.Fail<>(error);
        }
        return maybeApplied ? unknown(error) : new CommitStep.Fail<>(error);
    }

    /**
     * Decides after looking.
     *
     * @param state the session as it is
     * @param elapsed time since the first request
     * @return done, send with the present version, look again, or fail
     */
    public CommitStep<WriteSession> afterLook(WriteSession state, Duration elapsed) {
        if (isDone(state)) {
            return new CommitStep.Done<>(state);
        }
        String owner = state.commitOperationId() != null ? state.commitOperationId() : state.pendingOperationId();
        SettledState word = SettledState.ofWord(state.status());
        if (owner != null && !owner.equals(operationId)) {
            return refused("session '" + sessionId + "' is committed under operation '" + owner + "'; expected our '"
                    + operationId + "'");
        }
        return switch (word) {
            case DISCARDED -> refused("session '" + sessionId + "' ended as '" + state.status() + "'");
            case OPEN -> owner == null ? new CommitStep.Send<>(state.sessionVersion()) : whileBusy(state, elapsed);
            case COMMITTED, UNDER_WAY -> whileBusy(state, elapsed);
        };
    }

    /**
     * Decides after a look that failed.
     *
     * @param error why it failed
     * @return look again, or fail
     */
    public CommitStep<WriteSession> afterFailedLook(DeltaCatException error) {
        if (error instanceof ServerUnavailable || error instanceof RateLimited) {
            return new CommitStep.Look<>();
        }
        return maybeApplied ? unknown(error) : new CommitStep.Fail<>(error);
    }

    /**
     * Tells whether a session's commit is complete under our operation: committed, or attached if a transaction owns the
     * session. Servers of 0.1.1 name no operation; there the flag or the status alone counts.
     *
     * @param state the session
     * @return true if nothing is left to do
     */
    public boolean isDone(WriteSession state) {
        String owner = state.commitOperationId();
        if (owner != null && !owner.equals(operationId)) {
            return false;
        }
        if (state.transactionId() != null
                && (Boolean.TRUE.equals(state.attached()) || state.status().equalsIgnoreCase("ATTACHED"))) {
            return true;
        }
        boolean committed = state.status().equalsIgnoreCase("COMMITTED")
                || (Boolean.TRUE.equals(state.committed()) && owner == null);
        boolean applied = state.commitStatus() == null || state.commitStatus().equalsIgnoreCase("COMMITTED");
        return committed && applied;
    }

    private CommitStep<WriteSession> whileBusy(WriteSession state, Duration elapsed) {
        if (!busy) {
            busy = true;
            firstBusyLook = elapsed;
        }
        return elapsed.minus(firstBusyLook).compareTo(QUIET_TIME) >= 0
                ? new CommitStep.Send<>(state.sessionVersion())
                : new CommitStep.Look<>();
    }

    private CommitStep<WriteSession> refused(String problem) {
        return new CommitStep.Fail<>(new Conflict(FailureContextBuilder.builder()
                .code("write_session_not_committed")
                .problem(problem)
                .cure("Register the same files with a new session, after checking that the table does not hold them.")
                .build()));
    }

    private CommitStep<WriteSession> unknown(DeltaCatException last) {
        return new CommitStep.Fail<>(new UnknownOutcome(
                FailureContextBuilder.builder(last.context())
                        .problem("commit of session '" + sessionId + "' was sent and cannot be looked at: "
                                + last.context().problem())
                        .cure("Look for the session's files in the table before writing them again.")
                        .build(),
                last));
    }
}
