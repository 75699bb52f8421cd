package io.deltacat.server.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * States of a table version (protocol/control-plane.md §6.2). Requests that name no version mean the newest active one; if none is
 * active, the newest that is not deleted. A deleted version can be read by name, and takes no writes. Pure.
 */
public final class Lifecycle {
    /** The state of a version that requests find by default. */
    public static final String ACTIVE = "active";

    /** The state of a version that is no longer found by default and takes no writes. */
    public static final String DELETED = "deleted";

    private static final List<String> STATES =
            List.of("active", "beta", "created", DELETED, "deprecated", "unreleased");

    private Lifecycle() {}

    /**
     * Checks the name of a state.
     *
     * @param given the name; null for active
     * @return the state
     * @throws RefusedException if there is no such state
     */
    public static String state(@Nullable String given) {
        if (given == null) {
            return ACTIVE;
        }
        if (!STATES.contains(given)) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "field 'lifecycle_state' is '" + given + "'; expected one of " + String.join(", ", STATES))
                    .with("field", "lifecycle_state")
                    .asException();
        }
        return given;
    }

    /**
     * Refuses to change what is in a deleted version.
     *
     * @param table name of the table, with namespace
     * @param tableVersion name of the version
     * @param state its state
     * @throws RefusedException if it is deleted
     */
    public static void requireWritable(String table, String tableVersion, String state) {
        if (DELETED.equals(state)) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "version '" + tableVersion + "' of table '" + table
                                    + "' is deleted; use another version or alter its lifecycle_state")
                    .with("table_version", tableVersion)
                    .with("lifecycle_state", state)
                    .asException();
        }
    }
}
