package io.deltacat.server.store.sqlite;

/** How rows say from when to when, and for whom, they are there. */
final class Visibility {
    /** Creation time of rows that a running transaction made. */
    static final long PENDING = Long.MAX_VALUE;

    /** Removal time of rows that are there. */
    static final long LIVE = Long.MAX_VALUE;

    /** Condition with three values: before, transaction, before, transaction (four placeholders). */
    static final String VISIBLE = "(created_at < ? OR creating_transaction = ?) AND removed_at >= ?"
            + " AND (removing_transaction IS NULL OR removing_transaction <> ?)";

    /** Condition with two values, before and transaction: was created, removed or not. */
    static final String CREATED = "(created_at < ? OR creating_transaction = ?)";

    private Visibility() {}
}
