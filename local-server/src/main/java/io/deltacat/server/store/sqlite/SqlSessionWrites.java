package io.deltacat.server.store.sqlite;

import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.store.SessionWrites;
import io.deltacat.server.store.StoredReply;
import org.jdbi.v3.core.Handle;

/** Changes of sessions, transactions and stored replies. */
final class SqlSessionWrites implements SessionWrites {
    private final Handle handle;
    private final long commitTime;

    SqlSessionWrites(Handle handle, long commitTime) {
        this.handle = handle;
        this.commitTime = commitTime;
    }

    @Override
    public void add(SessionState session) {
        Rows.update(
                handle,
                "INSERT INTO write_session (session_id, status, open_key, transaction_id, expires_at, document, write_once)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                session.sessionId(),
                session.status().name(),
                session.openKey(),
                session.transactionId(),
                session.expiresAt(),
                StoreJson.write(session),
                session.writeOnce() == null ? 0 : 1);
    }

    @Override
    public void replace(SessionState session) {
        int changed = Rows.update(
                handle,
                "UPDATE write_session SET status = ?, open_key = ?, expires_at = ?, document = ?"
                        + " WHERE session_id = ?",
                session.status().name(),
                session.openKey(),
                session.expiresAt(),
                StoreJson.write(session),
                session.sessionId());
        requireOne(changed, "write session", session.sessionId());
    }

    @Override
    public void add(TransactionState transaction) {
        Rows.update(
                handle,
                "INSERT INTO server_transaction (transaction_id, status, expires_at, document) VALUES (?, ?, ?, ?)",
                transaction.transactionId(),
                transaction.status().name(),
                transaction.expiresAt(),
                StoreJson.write(transaction));
    }

    @Override
    public void replace(TransactionState transaction) {
        int changed = Rows.update(
                handle,
                "UPDATE server_transaction SET status = ?, expires_at = ?, document = ? WHERE transaction_id = ?",
                transaction.status().name(),
                transaction.expiresAt(),
                StoreJson.write(transaction),
                transaction.transactionId());
        requireOne(changed, "transaction", transaction.transactionId());
    }

    @Override
    public void addReply(String scope, String operationId, StoredReply reply) {
        Rows.update(
                handle,
                "INSERT INTO operation_reply (scope, operation_id, request_digest, reply, created_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                scope,
                operationId,
                reply.requestDigest(),
                reply.json(),
                commitTime);
    }

    @Override
    public int removeEndedBefore(long timeNanos, int limit) {
        int sessions = Rows.update(
                handle,
                "DELETE FROM write_session WHERE session_id IN (SELECT session_id FROM write_session"
                        + " WHERE expires_at < ? AND write_once = 0 AND NOT EXISTS (SELECT 1 FROM server_transaction"
                        + " WHERE server_transaction.transaction_id = write_session.transaction_id"
                        + " AND server_transaction.status = 'RUNNING') LIMIT ?)",
                timeNanos,
                limit);
        int transactions = Rows.update(
                handle,
                "DELETE FROM server_transaction WHERE transaction_id IN (SELECT transaction_id FROM server_transaction"
                        + " WHERE expires_at < ? AND status <> 'RUNNING' LIMIT ?)",
                timeNanos,
                limit);
        return sessions + transactions;
    }

    @Override
    public void removeRepliesBefore(long timeNanos) {
        Rows.update(handle, "DELETE FROM operation_reply WHERE created_at < ?", timeNanos);
    }

    private static void requireOne(int changed, String what, String id) {
        if (changed != 1) {
            throw new IllegalStateException(what + " '" + id + "' has " + changed + " rows; expected 1");
        }
    }
}
