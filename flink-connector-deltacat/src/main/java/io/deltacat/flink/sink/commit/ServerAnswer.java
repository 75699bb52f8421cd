package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.TransactionRef;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What is known after one call to the server. A closed set, so that the {@link CommitMachine} can be tested against every
 * one of them. Immutable.
 */
@Internal
public sealed interface ServerAnswer {
    /**
     * The server showed a transaction.
     *
     * @param transaction id and version
     * @param state what its status means
     * @param boundSessions ids of the sessions bound to it; empty if the server does not tell
     */
    record TransactionSeen(TransactionRef transaction, TransactionState state, Set<String> boundSessions)
            implements ServerAnswer {
        /** Copies the set. */
        public TransactionSeen {
            requireNonNull(transaction, "transaction");
            requireNonNull(state, "state");
            boundSessions = Set.copyOf(boundSessions);
        }
    }

    /**
     * The server showed a write session that is bound to a transaction.
     *
     * @param sessionId id of the session
     * @param sessionVersion version fence of the session
     * @param state what its status means
     * @param transaction transaction the session is bound to, at its newest version
     */
    record SessionSeen(String sessionId, long sessionVersion, SessionState state, TransactionRef transaction)
            implements ServerAnswer {
        /** Checks that everything is there. */
        public SessionSeen {
            requireNonNull(sessionId, "sessionId");
            requireNonNull(state, "state");
            requireNonNull(transaction, "transaction");
        }
    }

    /**
     * The tables were searched for the files of the commit.
     *
     * @param anyPresent true if at least one of the files is visible. Each file is named uniquely and registered only
     *     together with all others of its commit, so one is proof for all.
     */
    record FilesSearched(boolean anyPresent) implements ServerAnswer {}

    /**
     * The server knows no such transaction, session or table.
     *
     * @param cause the server's own words, or null in tests
     */
    record Missing(@Nullable Throwable cause) implements ServerAnswer {}

    /**
     * The server refused the call; nothing of it was applied.
     *
     * @param refusal kind of refusal
     * @param cause the server's own words, or null in tests
     */
    record Refused(Refusal refusal, @Nullable Throwable cause) implements ServerAnswer {
        /** Checks that the kind is there. */
        public Refused {
            requireNonNull(refusal, "refusal");
        }
    }

    /**
     * No answer that settles anything: the server is down, or the reply was lost. The call may have been applied.
     *
     * @param cause what went wrong, or null in tests
     */
    record Unanswered(@Nullable Throwable cause) implements ServerAnswer {
        /**
         * Gives the pause that the server asked for.
         *
         * @return time to wait before the next call, zero if it named none
         */
        Duration retryAfter() {
            return cause instanceof DeltaCatException failure
                    ? failure.retryAfter().orElse(Duration.ZERO)
                    : Duration.ZERO;
        }
    }

    /** Kinds of refusal that lead to different next steps. */
    enum Refusal {
        /** The version or status the call expected is not what the server has. */
        STALE,
        /** A concurrent commit won and this transaction failed for good; a new one may succeed. */
        LOST_RACE,
        /** The transaction or session expired or is gone. */
        EXPIRED,
        /** The server found the content wrong: schema, rights, files. Trying again changes nothing. */
        REJECTED
    }
}
