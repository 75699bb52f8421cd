package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.CheckpointNotCommitted;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the {@link CommitMachine} decides, in the calling thread, within a time limit. Confined to one thread.
 */
@Internal
public final class CommitLoop {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLoop.class);

    private final TransactionPort port;
    private final Pauses pauses;
    private final Duration timeout;

    /**
     * Creates a loop.
     *
     * @param port server, owned by the caller
     * @param pauses clock and waiting
     * @param timeout longest time for one checkpoint, positive
     */
    public CommitLoop(TransactionPort port, Pauses pauses, Duration timeout) {
        this.port = requireNonNull(port, "port");
        this.pauses = requireNonNull(pauses, "pauses");
        this.timeout = requireNonNull(timeout, "timeout");
    }

    /**
     * Commits one checkpoint exactly once. Blocks for as long as the time limit, and one server call longer at most.
     *
     * @param checkpoint what to commit
     * @param mayBeCommitted true if an earlier attempt may have committed it
     * @return how it went
     * @throws CheckpointNotCommitted if the time is used up or the server refuses for good; the caller keeps the committable
     *     and offers it again after a restart
     * @throws InterruptedException if the task is cancelled; the outcome is open then, as after a crash
     */
    public Outcome commit(PreparedCheckpoint checkpoint, boolean mayBeCommitted) throws InterruptedException {
        CommitMachine machine = new CommitMachine(checkpoint);
        Deadline deadline = new Deadline(pauses, timeout);
        CommitState state = machine.start(mayBeCommitted);
        int stagings = 0;
        int conflicts = 0;
        int calls = 0;
        while (true) {
            CommitAction action = machine.action(state);
            ServerAnswer answer = action.call().apply(port);
            calls++;
            if (answer instanceof ServerAnswer.Refused refused && refused.refusal() == ServerAnswer.Refusal.LOST_RACE) {
                conflicts++;
            }
            CommitStep step = machine.next(state, answer);
            LOG.debug("commit={} call={} answer={} next={}", checkpoint.commitId(), action.name(), answer, step);
            if (step.state() instanceof CommitState.Settled settled) {
                return new Outcome(settled.before(), stagings, calls, conflicts, deadline.elapsed());
            }
            if (step.state() instanceof CommitState.Rejected rejected) {
                throw failure(checkpoint, "the server refused it", rejected.cause(), "Cure what the cause says");
            }
            if (step.state() instanceof CommitState.Unstaged && !(state instanceof CommitState.Unstaged)) {
                stagings++;
                LOG.warn(
                        "Staging a checkpoint again; its transaction cannot be committed. sink={} checkpoint={} commit={} "
                                + "txn={}",
                        checkpoint.sinkId(),
                        checkpoint.checkpointId(),
                        checkpoint.commitId(),
                        checkpoint.transaction().transactionId());
            }
            if (step.backOff() && !deadline.pauseForNext(wishedBy(answer))) {
                throw failure(
                        checkpoint,
                        "its outcome was open or its transaction not committable after " + deadline.elapsed(),
                        causeOf(answer),
                        "Bring the server back, or raise 'sink.commit.timeout' (" + timeout + ")");
            }
            state = step.state();
        }
    }

    private static CheckpointNotCommitted failure(
            PreparedCheckpoint checkpoint, String reason, @Nullable Throwable cause, String cure) {
        return new CheckpointNotCommitted(
                "Sink '" + checkpoint.sinkId() + "': checkpoint " + checkpoint.checkpointId() + " (transaction '"
                        + checkpoint.transaction().transactionId() + "', " + checkpoint.fileCount()
                        + " files) was not committed: " + reason
                        + ". Nothing is lost, the job takes it up again after its "
                        + "restart. " + cure + ".",
                cause);
    }

    private static Duration wishedBy(ServerAnswer answer) {
        return answer instanceof ServerAnswer.Unanswered unanswered ? unanswered.retryAfter() : Duration.ZERO;
    }

    private static @Nullable Throwable causeOf(ServerAnswer answer) {
        if (answer instanceof ServerAnswer.Unanswered unanswered) {
            return unanswered.cause();
        }
        if (answer instanceof ServerAnswer.Missing missing) {
            return missing.cause();
        }
        return answer instanceof ServerAnswer.Refused refused ? refused.cause() : null;
    }

    /**
     * How a commit went. Immutable.
     *
     * @param before true if the files were found committed by an earlier attempt
     * @param stagings how often the files had to be staged again
     * @param calls requests that it took
     * @param conflicts how often another commit won
     * @param duration time it took
     */
    public record Outcome(boolean before, int stagings, int calls, int conflicts, Duration duration) {}
}
