package io.deltacat.server.store.sqlite;

import org.jdbi.v3.core.Handle;

/** Counts keys and remembers the last commit time; both are saved with every group. Confined to the writer thread. */
final class KeyAllocator {
    private static final String NEXT_KEY = "next_key";
    private static final String LAST_COMMIT_TIME = "last_commit_time";

    private long next;

    private KeyAllocator(long next) {
        this.next = next;
    }

    static KeyAllocator load(Handle handle) {
        return new KeyAllocator(value(handle, NEXT_KEY, 1));
    }

    static long lastCommitTime(Handle handle) {
        return value(handle, LAST_COMMIT_TIME, 0);
    }

    long newKey() {
        return next++;
    }

    void save(Handle handle, long lastCommitTime) {
        put(handle, NEXT_KEY, next);
        put(handle, LAST_COMMIT_TIME, lastCommitTime);
    }

    private static long value(Handle handle, String name, long absent) {
        return Rows.first(
                        handle, "SELECT value FROM server_state WHERE name = ?", (row, context) -> row.getLong(1), name)
                .orElse(absent);
    }

    private static void put(Handle handle, String name, long value) {
        Rows.update(
                handle,
                "INSERT INTO server_state (name, value) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                name,
                value);
    }
}
