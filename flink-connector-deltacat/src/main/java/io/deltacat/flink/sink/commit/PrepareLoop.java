package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.flink.sink.CheckpointNotPrepared;
import io.deltacat.flink.sink.commit.ServerAnswer.FilesSearched;
import io.deltacat.flink.sink.commit.ServerAnswer.Missing;
import io.deltacat.flink.sink.commit.ServerAnswer.Refusal;
import io.deltacat.flink.sink.commit.ServerAnswer.Refused;
import io.deltacat.flink.sink.commit.ServerAnswer.SessionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.TransactionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.Unanswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the files of one checkpoint into an open transaction, so that the server has accepted them before the checkpoint can
 * complete. Nothing it does is visible to readers: an attempt that fails half way is left to expire and the next one starts
 * afresh, with a new transaction and a new commit id. Calls: one for the transaction, two per delta, and for ordered deltas
 * one look at the transaction before. Confined to one thread.
 */
@Internal
public final class PrepareLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareLoop.class);

    private final TransactionPort port;
    private final Pauses pauses;
    private final Duration timeout;
    private final CommitOrigin origin;
    private final boolean mayBeCommitted;
    private final Supplier<String> commitIds;

    /**
     * Creates a loop.
     *
     * @param port server, owned by the caller
     * @param pauses clock and waiting
     * @param timeout longest time for one checkpoint, positive
     * @param origin where commits come from
     * @param mayBeCommitted true if an earlier attempt of the job may have committed the same rows, of which nothing is known
     *     here: the tables are searched for files of the job then, and if there are any nothing is prepared
     * @param commitIds source of unique, unguessable ids
     */
    public PrepareLoop(
            TransactionPort port,
            Pauses pauses,
            Duration timeout,
            CommitOrigin origin,
            boolean mayBeCommitted,
            Supplier<String> commitIds) {
        this.port = requireNonNull(port, "port");
        this.pauses = requireNonNull(pauses, "pauses");
        this.timeout = requireNonNull(timeout, "timeout");
        this.origin = requireNonNull(origin, "origin");
        this.mayBeCommitted = mayBeCommitted;
        this.commitIds = requireNonNull(commitIds, "commitIds");
    }

    /**
     * Waits until a transaction whose commit is under way has an end. A transaction that begins before that would lose the
     * race against it as soon as both write ordered deltas to one partition. Waits half of the time limit at most and then
     * lets things go: a lost race costs staging again, nothing else.
     *
     * @param previous transaction of the checkpoint before, which is complete, so that its commit is due
     * @throws InterruptedException if the task is cancelled
     */
    public void awaitEnd(PreparedCheckpoint previous) throws InterruptedException {
        Deadline patience = new Deadline(pauses, timeout.dividedBy(2));
        String transactionId = previous.transaction().transactionId();
        while (isUnderWay(port.find(transactionId))) {
            if (!patience.pauseForNext(Duration.ZERO)) {
                LOG.warn(
                        "The commit of the checkpoint before takes long; the next one may have to be staged again. "
                                + "sink={} checkpoint={} txn={}",
                        origin.sinkId(),
                        previous.checkpointId(),
                        transactionId);
                return;
            }
        }
    }

    private static boolean isUnderWay(ServerAnswer answer) {
        return answer instanceof Unanswered
                || answer instanceof TransactionSeen seen
                        && (seen.state() == TransactionState.OPEN || seen.state() == TransactionState.UNSETTLED);
    }

    /**
     * Prepares one checkpoint. Blocks for as long as the time limit, and one server call longer at most.
     *
     * @param checkpointId checkpoint that the files belong to
     * @param results what the writers finished for it
     * @return the committable; empty if no file was written, or if the rows are committed already
     * @throws CheckpointNotPrepared if the time is used up or the server refuses the files; the checkpoint must fail
     * @throws InterruptedException if the task is cancelled
     */
    public Optional<PreparedCheckpoint> prepare(long checkpointId, List<WrittenFiles> results)
            throws InterruptedException {
        SortedMap<DeltaTarget, List<WriteEntry>> files = new TreeMap<>();
        for (WrittenFiles result : results) {
            if (!result.entries().isEmpty()) {
                files.computeIfAbsent(targetOf(result), target -> new ArrayList<>())
                        .addAll(origin.mark(result.entries(), checkpointId));
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Deadline deadline = new Deadline(pauses, timeout);
        while (true) {
            Attempt attempt = new Attempt(checkpointId, commitIds.get(), deadline);
            Optional<PreparedCheckpoint> prepared = attempt.run(files);
            if (prepared.isPresent() || attempt.foundCommitted()) {
                return prepared;
            }
            attempt.pause(Duration.ZERO);
        }
    }

    /** Of two ordered attempts at the same rows the server refuses one, should the earlier one still be under way. */
    private DeltaTarget targetOf(WrittenFiles result) {
        return mayBeCommitted ? result.target().ordered() : result.target();
    }

    /** One transaction from its opening to its last attach. */
    private final class Attempt {
        private final long checkpointId;
        private final String commitId;
        private final Deadline deadline;
        private @Nullable Throwable lastCause;
        private boolean foundCommitted;

        Attempt(long checkpointId, String commitId, Deadline deadline) {
            this.checkpointId = checkpointId;
            this.commitId = commitId;
            this.deadline = deadline;
        }

        boolean foundCommitted() {
            return foundCommitted;
        }

        /** Returns empty if the server's answers make this transaction useless, or the rows were found committed. */
        Optional<PreparedCheckpoint> run(Map<DeltaTarget, List<WriteEntry>> files) throws InterruptedException {
            String message = origin.message(checkpointId, commitId, files.keySet());
            Optional<ServerAnswer> begun = ask("opening its transaction", () -> port.begin(message));
            if (begun.isEmpty() || !(begun.get() instanceof TransactionSeen opened)) {
                return Optional.empty();
            }
            if (mayBeCommitted && areCommitted(files.keySet())) {
                foundCommitted = true;
                return Optional.empty();
            }
            TransactionRef transaction = opened.transaction();
            List<StagedDelta> deltas = new ArrayList<>();
            for (Map.Entry<DeltaTarget, List<WriteEntry>> delta : files.entrySet()) {
                Optional<SessionSeen> attached = stage(transaction, deltas, delta.getKey(), delta.getValue());
                if (attached.isEmpty()) {
                    return Optional.empty();
                }
                transaction = attached.get().transaction();
            }
            return Optional.of(
                    new PreparedCheckpoint(origin.sinkId(), checkpointId, commitId, message, transaction, deltas));
        }

        /** After the transaction began, so that whatever commits later makes it lose. */
        private boolean areCommitted(Set<DeltaTarget> targets) throws InterruptedException {
            List<TransactionPort.FileSearch> searches = targets.stream()
                    .map(target -> TransactionPort.FileSearch.ofNames(target, origin.fileNameStart()))
                    .toList();
            boolean found = ask("searching for files of an earlier attempt", () -> port.search(searches))
                    .filter(answer -> answer instanceof FilesSearched searched && searched.anyPresent())
                    .isPresent();
            if (found) {
                LOG.info(
                        "An earlier attempt of the job has committed its rows; this one adds none. sink={}",
                        origin.sinkId());
            }
            return found;
        }

        private Optional<SessionSeen> stage(
                TransactionRef transaction, List<StagedDelta> deltas, DeltaTarget target, List<WriteEntry> entries)
                throws InterruptedException {
            String key = CommitKeys.writeKey(commitId, 0, deltas.size());
            TransactionPort.Claim claim = new TransactionPort.Claim(
                    target,
                    transaction,
                    key,
                    origin.sinkId(),
                    CommitKeys.claimOperation(key, transaction.transactionId()));
            Optional<SessionSeen> session =
                    session(ask("opening a session for table " + target, () -> port.claim(claim)), SessionState.OPEN);
            if (session.isEmpty()
                    || !session.get().transaction().transactionId().equals(transaction.transactionId())) {
                return Optional.empty();
            }
            SessionSeen open = session.get();
            String operation = CommitKeys.attachOperation(key, open.sessionId());
            TransactionPort.Attachment attachment = new TransactionPort.Attachment(
                    open.sessionId(), open.sessionVersion(), open.transaction(), operation, entries);
            Optional<SessionSeen> attached = session(
                    ask("registering " + entries.size() + " files of table " + target, () -> port.attach(attachment)),
                    SessionState.ATTACHED);
            if (attached.isPresent()) {
                deltas.add(new StagedDelta(target, open.sessionId(), operation, entries));
            }
            return attached;
        }

        private Optional<SessionSeen> session(Optional<ServerAnswer> answer, SessionState expected) {
            return answer.filter(SessionSeen.class::isInstance)
                    .map(SessionSeen.class::cast)
                    .filter(seen -> seen.state() == expected);
        }

        /** Repeats a call while it gets no answer, which is safe for all three; empty if it was refused for its state. */
        private Optional<ServerAnswer> ask(String what, Supplier<ServerAnswer> call) throws InterruptedException {
            while (true) {
                ServerAnswer answer = call.get();
                if (answer instanceof Unanswered unanswered) {
                    lastCause = unanswered.cause();
                    LOG.debug("sink={} checkpoint={} no answer while {}", origin.sinkId(), checkpointId, what);
                    pause(unanswered.retryAfter());
                } else if (answer instanceof Refused refused) {
                    lastCause = refused.cause();
                    if (refused.refusal() == Refusal.REJECTED) {
                        throw failure(what + " was refused", refused.cause(), "Cure what the cause says");
                    }
                    return Optional.empty();
                } else if (answer instanceof Missing missing) {
                    lastCause = missing.cause();
                    return Optional.empty();
                } else {
                    return Optional.of(answer);
                }
            }
        }

        void pause(Duration atLeast) throws InterruptedException {
            if (!deadline.pauseForNext(atLeast)) {
                throw failure(
                        "the server did not take it within " + deadline.elapsed(),
                        lastCause,
                        "Bring the server back, or raise 'sink.prepare.timeout' (" + timeout + ")");
            }
        }

        private CheckpointNotPrepared failure(String reason, @Nullable Throwable cause, String cure) {
            return new CheckpointNotPrepared(
                    "Sink '" + origin.sinkId() + "': checkpoint " + checkpointId + " was not prepared: " + reason
                            + ". Nothing is visible; the job goes back to its last checkpoint. " + cure + ".",
                    cause);
        }
    }
}
