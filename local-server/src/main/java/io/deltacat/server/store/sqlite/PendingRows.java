package io.deltacat.server.store.sqlite;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How changes of versioned rows say when they happen and which running transaction makes them. */
final class PendingRows {
    private final Handle handle;
    private final long commitTime;

    PendingRows(Handle handle, long commitTime) {
        this.handle = handle;
        this.commitTime = commitTime;
    }

    /** Creation time of a row made now, or in a transaction. */
    long createdAt(String transactionId) {
        return transactionId.isEmpty() ? commitTime : Visibility.PENDING;
    }

    /** The creating transaction; null for none. */
    static @Nullable String creator(String transactionId) {
        return transactionId.isEmpty() ? null : transactionId;
    }

    /**
     * Removes a row; one that the same transaction made is gone for good.
     *
     * @return false if another running transaction removes it, or it is gone
     */
    boolean remove(String table, long stateKey, String transactionId) {
        if (transactionId.isEmpty()) {
            return removeNow(table, stateKey);
        }
        int own = Rows.update(
                handle,
                "DELETE FROM " + table + " WHERE state_key = ? AND creating_transaction = ?",
                stateKey,
                transactionId);
        return own == 1 || markRemoved(table, stateKey, transactionId);
    }

    /**
     * Removes a row, and keeps it findable even if the same transaction made it.
     *
     * @return false if another running transaction removes it, or it is gone
     */
    boolean hide(String table, long stateKey, String transactionId) {
        return transactionId.isEmpty() ? removeNow(table, stateKey) : markRemoved(table, stateKey, transactionId);
    }

    private boolean removeNow(String table, long stateKey) {
        return Rows.update(handle, "UPDATE " + table + " SET removed_at = ? WHERE state_key = ?", commitTime, stateKey)
                == 1;
    }

    private boolean markRemoved(String table, long stateKey, String transactionId) {
        return Rows.update(
                        handle,
                        "UPDATE " + table + " SET removing_transaction = ?"
                                + " WHERE state_key = ? AND removing_transaction IS NULL AND removed_at = ?",
                        transactionId,
                        stateKey,
                        Visibility.LIVE)
                == 1;
    }
}
