package io.deltacat.server.machine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a session writes (protocol/data-plane.md §1.9). */
public enum WriteMode {
    /** Creates the table if it is missing; upsert with merge keys, else append on the first write and add later. */
    AUTO,
    /** Creates the table; it must not exist. */
    CREATE,
    /** Unordered rows; needs a table without merge keys. */
    ADD,
    /** Ordered rows; needs a table without merge keys. */
    APPEND,
    /** New contents for the whole table version. */
    REPLACE,
    /** New contents for the partitions that are written. */
    REPLACE_PARTITION,
    /** Upserts by merge key. */
    MERGE,
    /** Deletes by merge key. */
    DELETE;

    /** Whether the table may be missing when the session is opened. */
    public boolean mayCreateTable() {
        return this == AUTO || this == CREATE;
    }

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of a wire name; empty if there is none of that name. */
    public static Optional<WriteMode> of(String wireName) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName().equals(wireName))
                .findFirst();
    }

    /** All wire names, for messages. */
    public static String wireNames() {
        return Arrays.stream(values()).map(WriteMode::wireName).collect(Collectors.joining(", "));
    }
}
