package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TransactionRef;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Where the commit of one checkpoint stands. A closed set; see {@link CommitMachine} for the ways between them. Immutable.
 */
@Internal
sealed interface CommitState {
    /**
     * A transaction with all files in it.
     *
     * @param transaction id and version after the last attach
     * @param sessions ids of the sessions that hold the files
     * @param generation generation of the keys that the files were staged by: 0 for the preparation, from 1 after that
     */
    record Staged(TransactionRef transaction, List<String> sessions, int generation) {
        /** Copies the list. */
        public Staged {
            requireNonNull(transaction, "transaction");
            sessions = List.copyOf(sessions);
        }

        Staged at(TransactionRef newer) {
            return new Staged(newer, sessions, generation);
        }

        Unstaged again() {
            return new Unstaged(Math.max(1, generation));
        }
    }

    /** A commit may or may not have happened: the transaction has to be looked at. */
    record Unresolved(Staged staged) implements CommitState {}

    /** The transaction is open and complete: it is to be committed. */
    record Ready(Staged staged) implements CommitState {}

    /**
     * The files are in no live transaction that is known here: a new one is to be opened.
     *
     * @param generation generation of the keys to go through, from 1
     */
    record Unstaged(int generation) implements CommitState {}

    /**
     * Sessions of a generation are being opened by their keys, in the order of the deltas.
     *
     * @param transaction transaction they are asked to be bound to
     * @param generation generation of the keys
     * @param claimed sessions so far, all bound to that transaction
     */
    record Claiming(TransactionRef transaction, int generation, List<ServerAnswer.SessionSeen> claimed)
            implements CommitState {
        /** Copies the list. */
        public Claiming {
            requireNonNull(transaction, "transaction");
            claimed = List.copyOf(claimed);
        }
    }

    /**
     * What a transaction is worth has to be looked at before staging goes on: one that holds a key of this commit, made by
     * an earlier or concurrent attempt, or our own after a refusal.
     *
     * @param transactionId transaction to look at
     * @param generation generation of the keys
     * @param generationIfDead generation to go on with if that transaction is dead
     */
    record Adopting(String transactionId, int generation, int generationIfDead) implements CommitState {
        /** Checks that the id is there. */
        public Adopting {
            requireNonNull(transactionId, "transactionId");
        }
    }

    /** All sessions of a generation are held: the tables are searched before anything is attached. */
    record Searching(TransactionRef transaction, int generation, List<ServerAnswer.SessionSeen> sessions)
            implements CommitState {
        /** Copies the list. */
        public Searching {
            requireNonNull(transaction, "transaction");
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * The tables have none of the files: they are attached, delta by delta.
     *
     * @param transaction transaction at its newest version
     * @param generation generation of the keys
     * @param sessions sessions of all deltas
     * @param next index of the delta to attach
     */
    record Attaching(TransactionRef transaction, int generation, List<ServerAnswer.SessionSeen> sessions, int next)
            implements CommitState {
        /** Copies the list. */
        public Attaching {
            requireNonNull(transaction, "transaction");
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * The files are committed, once.
     *
     * @param before true if they were found committed, false if this attempt committed them
     */
    record Settled(boolean before) implements CommitState {}

    /**
     * The server refuses for a reason that trying again does not change.
     *
     * @param cause the server's own words, or null in tests
     */
    record Rejected(@Nullable Throwable cause) implements CommitState {}
}
