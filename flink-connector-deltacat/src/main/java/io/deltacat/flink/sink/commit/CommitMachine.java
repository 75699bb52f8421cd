package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.flink.sink.commit.ServerAnswer.FilesSearched;
import io.deltacat.flink.sink.commit.ServerAnswer.Missing;
import io.deltacat.flink.sink.commit.ServerAnswer.Refusal;
import io.deltacat.flink.sink.commit.ServerAnswer.Refused;
import io.deltacat.flink.sink.commit.ServerAnswer.SessionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.TransactionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.Unanswered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/**
 * Decides what to ask the server next so that the files of one checkpoint are committed exactly once. Pure: it is given
 * what is known ({@link CommitState}) and what the server said ({@link ServerAnswer}), and knows no clock, thread or I/O.
 *
 * <p>Why no file is committed twice:
 *
 * <ul>
 *   <li>A transaction commits at most once, whatever is sent to it. As long as its outcome is open, nothing else is tried.
 *   <li>Files are staged again only after the transaction that held them is dead or unknown to the server.
 *   <li>Staging again begins a transaction, then searches the tables for the files, then attaches. Whatever committed
 *       before is found; whatever commits later moves the partitions on, and since files are staged again as ordered deltas
 *       only, the server then refuses this transaction. So of two attempts at the same files, be they of a job that is
 *       thought dead or requests that arrive late, one succeeds.
 *   <li>Staging again goes through keys that every process derives from the commit id. As far as the server hands
 *       unfinished sessions back, attempts meet in one transaction instead of racing.
 * </ul>
 *
 * <p>Why none is lost: no path ends before the files were seen committed, other than an error that leaves the committable
 * in Flink's state. Should a server go on handing back the session of a dead transaction, the next generation of keys is
 * used; all processes pass over the same key for the same reason, so they still meet.
 *
 * <p>What this relies on: the server refuses an ordered delta whose partition moved since its transaction began
 * (protocol/data-plane.md §1.9, §1.12), and keeps a finished transaction, or the committed files, at least until the job
 * has asked about them.
 */
@Internal
final class CommitMachine {
    private final PreparedCheckpoint checkpoint;

    /**
     * Creates the decisions for one committable.
     *
     * @param checkpoint what is to be committed
     */
    CommitMachine(PreparedCheckpoint checkpoint) {
        this.checkpoint = requireNonNull(checkpoint, "checkpoint");
    }

    /**
     * Gives the state to start in.
     *
     * @param mayBeCommitted true if an earlier attempt, perhaps of a job that died, may have committed: the server is asked
     *     first then
     * @return first state
     */
    CommitState start(boolean mayBeCommitted) {
        CommitState.Staged staged = new CommitState.Staged(
                checkpoint.transaction(),
                checkpoint.deltas().stream().map(StagedDelta::sessionId).toList(),
                0);
        return mayBeCommitted ? new CommitState.Unresolved(staged) : new CommitState.Ready(staged);
    }

    /**
     * Gives the call that a state asks for.
     *
     * @param state any state but the two final ones
     * @return the call
     * @throws IllegalStateException if the state is final
     */
    CommitAction action(CommitState state) {
        if (state instanceof CommitState.Unresolved unresolved) {
            String id = unresolved.staged().transaction().transactionId();
            return new CommitAction("find", port -> port.find(id));
        }
        if (state instanceof CommitState.Ready ready) {
            return new CommitAction("commit", port -> port.commit(ready.staged().transaction()));
        }
        if (state instanceof CommitState.Unstaged) {
            return new CommitAction("begin", port -> port.begin(checkpoint.message()));
        }
        if (state instanceof CommitState.Claiming claiming) {
            return new CommitAction("claim", port -> port.claim(claim(claiming)));
        }
        if (state instanceof CommitState.Adopting adopting) {
            return new CommitAction("find", port -> port.find(adopting.transactionId()));
        }
        if (state instanceof CommitState.Searching) {
            return new CommitAction("search", port -> port.search(searches()));
        }
        if (state instanceof CommitState.Attaching attaching) {
            return new CommitAction("attach", port -> port.attach(attachment(attaching)));
        }
        throw new IllegalStateException("Commit " + checkpoint + " asks for nothing in state " + state);
    }

    /**
     * Decides after an answer.
     *
     * @param state state whose action was called
     * @param answer what is known now
     * @return the next state and its pace
     * @throws IllegalStateException if the answer cannot belong to the state's action
     */
    CommitStep next(CommitState state, ServerAnswer answer) {
        if (state instanceof CommitState.Unresolved unresolved) {
            return afterLook(unresolved, answer);
        }
        if (state instanceof CommitState.Ready ready) {
            return afterCommit(ready, answer);
        }
        if (state instanceof CommitState.Unstaged unstaged) {
            return afterBegin(unstaged, answer);
        }
        if (state instanceof CommitState.Claiming claiming) {
            return afterClaim(claiming, answer);
        }
        if (state instanceof CommitState.Adopting adopting) {
            return afterAdoption(adopting, answer);
        }
        if (state instanceof CommitState.Searching searching) {
            return afterSearch(searching, answer);
        }
        if (state instanceof CommitState.Attaching attaching) {
            return afterAttach(attaching, answer);
        }
        throw impossible(state, answer);
    }

    private CommitStep afterLook(CommitState.Unresolved state, ServerAnswer answer) {
        CommitState.Staged staged = state.staged();
        if (answer instanceof TransactionSeen seen) {
            return switch (seen.state()) {
                case COMMITTED -> CommitStep.now(new CommitState.Settled(true));
                case UNSETTLED -> CommitStep.later(state);
                case DEAD -> CommitStep.now(staged.again());
                case OPEN ->
                    holdsEverything(staged, seen)
                            ? CommitStep.now(new CommitState.Ready(staged.at(seen.transaction())))
                            : CommitStep.now(staged.again());
            };
        }
        if (answer instanceof Missing) {
            return CommitStep.now(staged.again());
        }
        if (answer instanceof Unanswered) {
            return CommitStep.later(state);
        }
        if (answer instanceof Refused refused) {
            return switch (refused.refusal()) {
                case STALE, LOST_RACE -> CommitStep.later(state);
                case EXPIRED -> CommitStep.now(staged.again());
                case REJECTED -> rejected(refused);
            };
        }
        throw impossible(state, answer);
    }

    /**
     * An open transaction below our version, or without our sessions, lost what was attached: a server that was set back.
     * Committing it would commit nothing and look like success.
     */
    private static boolean holdsEverything(CommitState.Staged staged, TransactionSeen seen) {
        return seen.transaction().transactionVersion() >= staged.transaction().transactionVersion()
                && (seen.boundSessions().isEmpty() || seen.boundSessions().containsAll(staged.sessions()));
    }

    private CommitStep afterCommit(CommitState.Ready state, ServerAnswer answer) {
        CommitState.Staged staged = state.staged();
        if (answer instanceof TransactionSeen seen) {
            return switch (seen.state()) {
                case COMMITTED -> CommitStep.now(new CommitState.Settled(false));
                case DEAD -> CommitStep.later(staged.again());
                case OPEN, UNSETTLED -> CommitStep.later(new CommitState.Unresolved(staged));
            };
        }
        if (answer instanceof Missing || answer instanceof Unanswered) {
            // After a pause: a server that finds the transaction but not its commit would be asked in a circle.
            return CommitStep.later(new CommitState.Unresolved(staged));
        }
        if (answer instanceof Refused refused) {
            return switch (refused.refusal()) {
                // The documented meaning of a lost race: the loser failed for good.
                case LOST_RACE, EXPIRED -> CommitStep.later(staged.again());
                case STALE -> CommitStep.later(new CommitState.Unresolved(staged));
                case REJECTED -> rejected(refused);
            };
        }
        throw impossible(state, answer);
    }

    private CommitStep afterBegin(CommitState.Unstaged state, ServerAnswer answer) {
        if (answer instanceof TransactionSeen seen) {
            return seen.state() == TransactionState.OPEN
                    ? CommitStep.now(new CommitState.Claiming(seen.transaction(), state.generation(), List.of()))
                    : CommitStep.later(state);
        }
        if (answer instanceof Refused refused && refused.refusal() == Refusal.REJECTED) {
            return rejected(refused);
        }
        if (answer instanceof Refused || answer instanceof Unanswered || answer instanceof Missing) {
            return CommitStep.later(state);
        }
        throw impossible(state, answer);
    }

    private CommitStep afterClaim(CommitState.Claiming state, ServerAnswer answer) {
        if (answer instanceof SessionSeen seen) {
            if (!seen.transaction().transactionId().equals(state.transaction().transactionId())) {
                return CommitStep.now(holderOfKey(seen, state.generation()));
            }
            if (seen.state() == SessionState.CLOSED) {
                return CommitStep.later(holderOfKey(seen, state.generation()));
            }
            List<SessionSeen> claimed = new ArrayList<>(state.claimed());
            claimed.add(seen);
            return claimed.size() == checkpoint.deltas().size()
                    ? CommitStep.now(new CommitState.Searching(seen.transaction(), state.generation(), claimed))
                    : CommitStep.now(new CommitState.Claiming(seen.transaction(), state.generation(), claimed));
        }
        return afterStagingFailure(state, state.transaction(), state.generation(), answer);
    }

    private CommitStep afterAdoption(CommitState.Adopting state, ServerAnswer answer) {
        if (answer instanceof TransactionSeen seen) {
            return switch (seen.state()) {
                case COMMITTED -> CommitStep.now(new CommitState.Settled(true));
                case UNSETTLED -> CommitStep.later(state);
                case DEAD -> CommitStep.now(new CommitState.Unstaged(state.generationIfDead()));
                case OPEN ->
                    CommitStep.now(new CommitState.Claiming(seen.transaction(), state.generation(), List.of()));
            };
        }
        if (answer instanceof Missing) {
            return CommitStep.now(new CommitState.Unstaged(state.generationIfDead()));
        }
        if (answer instanceof Unanswered) {
            return CommitStep.later(state);
        }
        if (answer instanceof Refused refused) {
            return switch (refused.refusal()) {
                case STALE, LOST_RACE -> CommitStep.later(state);
                case EXPIRED -> CommitStep.now(new CommitState.Unstaged(state.generationIfDead()));
                case REJECTED -> rejected(refused);
            };
        }
        throw impossible(state, answer);
    }

    private CommitStep afterSearch(CommitState.Searching state, ServerAnswer answer) {
        if (answer instanceof FilesSearched searched) {
            return searched.anyPresent()
                    ? CommitStep.now(new CommitState.Settled(true))
                    : attachFrom(state.transaction(), state.generation(), state.sessions(), 0);
        }
        if (answer instanceof Refused refused && refused.refusal() == Refusal.REJECTED) {
            return rejected(refused);
        }
        if (answer instanceof Refused || answer instanceof Unanswered || answer instanceof Missing) {
            return CommitStep.later(state);
        }
        throw impossible(state, answer);
    }

    private CommitStep afterAttach(CommitState.Attaching state, ServerAnswer answer) {
        if (answer instanceof SessionSeen seen) {
            if (seen.state() != SessionState.ATTACHED) {
                return CommitStep.later(ownTransaction(state.transaction(), state.generation()));
            }
            List<SessionSeen> sessions = new ArrayList<>(state.sessions());
            sessions.set(state.next(), seen);
            return attachFrom(seen.transaction(), state.generation(), sessions, state.next() + 1);
        }
        return afterStagingFailure(state, state.transaction(), state.generation(), answer);
    }

    /** Goes to the next delta that is not attached yet; an adopted attempt may have attached some or all. */
    private static CommitStep attachFrom(
            TransactionRef transaction, int generation, List<SessionSeen> sessions, int from) {
        int next = from;
        while (next < sessions.size() && sessions.get(next).state() == SessionState.ATTACHED) {
            next++;
        }
        if (next < sessions.size()) {
            return CommitStep.now(new CommitState.Attaching(transaction, generation, sessions, next));
        }
        return CommitStep.now(new CommitState.Ready(new CommitState.Staged(
                transaction, sessions.stream().map(SessionSeen::sessionId).toList(), generation)));
    }

    /** A call of staging failed: what its transaction is worth has to be looked at before the next step. */
    private CommitStep afterStagingFailure(
            CommitState state, TransactionRef transaction, int generation, ServerAnswer answer) {
        if (answer instanceof Unanswered) {
            return CommitStep.later(state);
        }
        if (answer instanceof Refused refused && refused.refusal() == Refusal.REJECTED) {
            return rejected(refused);
        }
        if (answer instanceof Refused refused
                && (refused.refusal() == Refusal.LOST_RACE || refused.refusal() == Refusal.EXPIRED)) {
            return CommitStep.later(new CommitState.Unstaged(generation));
        }
        if (answer instanceof Refused || answer instanceof Missing) {
            return CommitStep.later(ownTransaction(transaction, generation));
        }
        throw impossible(state, answer);
    }

    /**
     * Only a key that leads to a dead transaction is passed over, since every process that asks for it is led there too.
     * If our own transaction dies, the same key is asked for again: somebody else may hold it by now.
     */
    private static CommitState holderOfKey(SessionSeen seen, int generation) {
        return new CommitState.Adopting(seen.transaction().transactionId(), generation, generation + 1);
    }

    private static CommitState ownTransaction(TransactionRef transaction, int generation) {
        return new CommitState.Adopting(transaction.transactionId(), generation, generation);
    }

    private static CommitStep rejected(Refused refused) {
        return CommitStep.now(new CommitState.Rejected(refused.cause()));
    }

    private IllegalStateException impossible(CommitState state, ServerAnswer answer) {
        return new IllegalStateException("Commit " + checkpoint + " got the answer " + answer + " in state " + state
                + ", which asks for none such");
    }

    private TransactionPort.Claim claim(CommitState.Claiming state) {
        int index = state.claimed().size();
        String key = CommitKeys.writeKey(checkpoint.commitId(), state.generation(), index);
        return new TransactionPort.Claim(
                checkpoint.deltas().get(index).target().ordered(),
                state.transaction(),
                key,
                checkpoint.sinkId(),
                CommitKeys.claimOperation(key, state.transaction().transactionId()));
    }

    private TransactionPort.Attachment attachment(CommitState.Attaching state) {
        SessionSeen session = state.sessions().get(state.next());
        String key = CommitKeys.writeKey(checkpoint.commitId(), state.generation(), state.next());
        return new TransactionPort.Attachment(
                session.sessionId(),
                session.sessionVersion(),
                state.transaction(),
                CommitKeys.attachOperation(key, session.sessionId()),
                checkpoint.deltas().get(state.next()).entries());
    }

    private List<TransactionPort.FileSearch> searches() {
        Map<DeltaTarget, Set<String>> paths = new LinkedHashMap<>();
        for (StagedDelta delta : checkpoint.deltas()) {
            for (WriteEntry entry : delta.entries()) {
                paths.computeIfAbsent(delta.target(), target -> new LinkedHashSet<>())
                        .add(requireNonNull(entry.path(), "path of a file entry"));
            }
        }
        return paths.entrySet().stream()
                .map(entry -> TransactionPort.FileSearch.ofPaths(entry.getKey(), entry.getValue()))
                .toList();
    }
}
