package io.deltacat.server.store.sqlite;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Forgets tables for good, and remembers which files wait to be deleted. */
final class SqlPurge {
    private static final String STREAMS = "SELECT stream_id FROM stream_state WHERE table_id = ?";
    private static final String PARTITIONS =
            "SELECT partition_key FROM partition_state WHERE stream_id IN (" + STREAMS + ")";
    private static final String DELTAS = "SELECT delta_key FROM delta WHERE partition_key IN (" + PARTITIONS + ")";
    private static final String NOT_PENDING = " AND creating_transaction IS NULL AND removing_transaction IS NULL";

    private final Handle handle;
    private final long commitTime;

    SqlPurge(Handle handle, long commitTime) {
        this.handle = handle;
        this.commitTime = commitTime;
    }

    /** Notes a table to be purged when a transaction commits. */
    void request(String tableId, String transactionId) {
        Rows.update(
                handle,
                "INSERT INTO purge_request (table_id, transaction_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                tableId,
                transactionId);
    }

    /** Purges what a transaction asked for. */
    void publish(String transactionId) {
        List<String> tables = Rows.list(
                handle,
                "SELECT table_id FROM purge_request WHERE transaction_id = ?",
                (row, context) -> row.getString(1),
                transactionId);
        tables.forEach(this::purge);
        discard(transactionId);
    }

    /** Forgets what a transaction asked for. */
    void discard(String transactionId) {
        Rows.update(handle, "DELETE FROM purge_request WHERE transaction_id = ?", transactionId);
    }

    /**
     * Purges a removed table. Rows that another running transaction changes stay, ended now, so that its commit finds the
     * conflict.
     */
    void purge(String tableId) {
        Rows.update(
                handle,
                "INSERT INTO purged_file (path) SELECT DISTINCT path FROM manifest_entry WHERE path LIKE '{{%'"
                        + " AND delta_key IN (" + DELTAS + ") ON CONFLICT DO NOTHING",
                tableId);
        Rows.update(handle, "DELETE FROM manifest_entry WHERE delta_key IN (" + DELTAS + ")", tableId);
        Rows.update(handle, "DELETE FROM delta WHERE partition_key IN (" + PARTITIONS + ")", tableId);
        Rows.update(handle, "DELETE FROM partition_state WHERE stream_id IN (" + STREAMS + ")", tableId);
        Rows.update(handle, "DELETE FROM table_schema WHERE table_id = ? AND creating_transaction IS NULL", tableId);
        for (String table : List.of("stream_state", "table_version_state", "table_state")) {
            Rows.update(
                    handle,
                    "UPDATE " + table + " SET removed_at = ? WHERE table_id = ? AND removed_at = ?"
                            + " AND creating_transaction IS NULL",
                    commitTime,
                    tableId,
                    Visibility.LIVE);
            Rows.update(handle, "DELETE FROM " + table + " WHERE table_id = ?" + NOT_PENDING, tableId);
        }
    }

    /** Takes paths off the list of files to delete. */
    void forget(List<String> paths) {
        paths.forEach(path -> Rows.update(handle, "DELETE FROM purged_file WHERE path = ?", path));
    }
}
