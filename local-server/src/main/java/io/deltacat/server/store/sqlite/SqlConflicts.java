package io.deltacat.server.store.sqlite;

import io.deltacat.server.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds what other commits did meanwhile to the namespaces, tables and versions that a running transaction changes. */
final class SqlConflicts {
    private static final String OTHERS = " AND other.created_at < ? AND other.removed_at = ?"
            + " AND (other.removing_transaction IS NULL OR other.removing_transaction <> ?)";

    private final Handle handle;

    SqlConflicts(Handle handle) {
        this.handle = handle;
    }

    /** Names, readable in a message; empty if nothing stands in the way. */
    List<String> namesTakenFrom(String transactionId) {
        List<String> taken = new ArrayList<>();
        addCreatedTwice(taken, transactionId);
        addRemovedTwice(taken, transactionId);
        taken.addAll(withoutNamespace(transactionId));
        addWithoutTable(taken, transactionId);
        return taken;
    }

    private void addCreatedTwice(List<String> taken, String transactionId) {
        add(
                taken,
                "SELECT mine.namespace FROM namespace_state mine JOIN namespace_state other"
                        + " ON other.namespace = mine.namespace WHERE mine.creating_transaction = ?" + OTHERS,
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE,
                transactionId);
        add(
                taken,
                "SELECT mine.namespace || '.' || mine.table_name FROM table_state mine JOIN table_state other"
                        + " ON other.namespace = mine.namespace AND other.table_name = mine.table_name"
                        + " WHERE mine.creating_transaction = ?" + OTHERS,
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE,
                transactionId);
        add(
                taken,
                "SELECT mine.table_id || ', version ' || mine.table_version FROM table_version_state mine"
                        + " JOIN table_version_state other"
                        + " ON other.table_id = mine.table_id AND other.table_version = mine.table_version"
                        + " WHERE mine.creating_transaction = ?" + OTHERS,
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE,
                transactionId);
    }

    private void addRemovedTwice(List<String> taken, String transactionId) {
        add(
                taken,
                "SELECT namespace FROM namespace_state WHERE removing_transaction = ? AND removed_at <> ?"
                        + " UNION ALL SELECT namespace || '.' || table_name FROM table_state"
                        + " WHERE removing_transaction = ? AND removed_at <> ?"
                        + " UNION ALL SELECT table_id || ', version ' || table_version FROM table_version_state"
                        + " WHERE removing_transaction = ? AND removed_at <> ?",
                transactionId,
                Visibility.LIVE,
                transactionId,
                Visibility.LIVE,
                transactionId,
                Visibility.LIVE);
    }

    /** Tables whose namespace one of two commits removed while the other one made the table. */
    private List<String> withoutNamespace(String transactionId) {
        return Rows.list(
                handle,
                "SELECT mine.namespace, mine.table_name FROM table_state mine WHERE mine.creating_transaction = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM namespace_state home WHERE home.namespace = mine.namespace"
                        + " AND home.removed_at = ? AND (home.created_at < ? OR home.creating_transaction = ?)"
                        + " AND (home.removing_transaction IS NULL OR home.removing_transaction <> ?))"
                        + " UNION ALL SELECT other.namespace, other.table_name FROM table_state other"
                        + " JOIN namespace_state home ON home.namespace = other.namespace"
                        + " WHERE home.removing_transaction = ? AND other.created_at < ? AND other.removed_at = ?"
                        + " AND (other.removing_transaction IS NULL OR other.removing_transaction <> ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM namespace_state again WHERE again.namespace = home.namespace"
                        + " AND again.creating_transaction = ?)",
                (row, context) -> row.getString(1) + "." + row.getString(2),
                transactionId,
                Visibility.LIVE,
                Snapshot.LATEST,
                transactionId,
                transactionId,
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE,
                transactionId,
                transactionId);
    }

    /** Versions that would be left without their table. */
    private void addWithoutTable(List<String> taken, String transactionId) {
        add(
                taken,
                "SELECT mine.table_id FROM table_version_state mine WHERE mine.creating_transaction = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM table_state home WHERE home.table_id = mine.table_id"
                        + " AND (home.creating_transaction = ? OR (home.created_at < ? AND home.removed_at = ?)))",
                transactionId,
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE);
    }

    private void add(List<String> taken, String sql, @Nullable Object... values) {
        taken.addAll(Rows.list(handle, sql, (row, context) -> row.getString(1), values));
    }
}
