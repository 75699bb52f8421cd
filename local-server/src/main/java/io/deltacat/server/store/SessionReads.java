package io.deltacat.server.store;

import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.TransactionState;
import java.util.List;
import java.util.Optional;

/** Reads of sessions, transactions and stored replies. */
public interface SessionReads {
    /** A session by id. */
    Optional<SessionState> session(String sessionId);

    /** The open session with a key. */
    Optional<SessionState> sessionByOpenKey(String openKey);

    /** A transaction by id. */
    Optional<TransactionState> transaction(String transactionId);

    /** The reply an operation got before. */
    Optional<StoredReply> reply(String scope, String operationId);

    /** Up to {@code limit} running transactions whose time is over. */
    List<TransactionState> overdueTransactions(long nowNanos, int limit);
}
