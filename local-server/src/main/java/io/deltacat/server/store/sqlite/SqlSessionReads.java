package io.deltacat.server.store.sqlite;

import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.TransactionStatus;
import io.deltacat.server.store.SessionReads;
import io.deltacat.server.store.StoredReply;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads of sessions, transactions and stored replies. */
final class SqlSessionReads implements SessionReads {
    private static final RowMapper<SessionState> SESSION =
            (row, context) -> StoreJson.read(row.getString("document"), SessionState.class);
    private static final RowMapper<TransactionState> TRANSACTION =
            (row, context) -> StoreJson.read(row.getString("document"), TransactionState.class);

    private final Handle handle;

    SqlSessionReads(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<SessionState> session(String sessionId) {
        return Rows.first(handle, "SELECT document FROM write_session WHERE session_id = ?", SESSION, sessionId);
    }

    @Override
    public Optional<SessionState> sessionByOpenKey(String openKey) {
        return Rows.first(handle, "SELECT document FROM write_session WHERE open_key = ?", SESSION, openKey);
    }

    @Override
    public Optional<TransactionState> transaction(String transactionId) {
        return Rows.first(
                handle, "SELECT document FROM server_transaction WHERE transaction_id = ?", TRANSACTION, transactionId);
    }

    @Override
    public Optional<StoredReply> reply(String scope, String operationId) {
        return Rows.first(
                handle,
                "SELECT request_digest, reply FROM operation_reply WHERE scope = ? AND operation_id = ?",
                (row, context) -> new StoredReply(row.getString(1), row.getString(2)),
                scope,
                operationId);
    }

    @Override
    public List<TransactionState> overdueTransactions(long nowNanos, int limit) {
        return Rows.list(
                handle,
                "SELECT document FROM server_transaction WHERE status = ? AND expires_at <= ?"
                        + " ORDER BY expires_at LIMIT ?",
                TRANSACTION,
                TransactionStatus.RUNNING.name(),
                nowNanos,
                limit);
    }
}
