package io.deltacat.server.machine;

import java.util.Locale;

/** What the rows of a delta mean (protocol/data-plane.md §1.9). */
public enum DeltaType {
    /** Rows without order among commits. */
    ADD,
    /** Rows after all rows before. */
    APPEND,
    /** Rows that replace rows of the same merge key. */
    UPSERT,
    /** Keys whose rows go. */
    DELETE;

    /** Whether deltas of this type get positions 1, 2, 3, … in their partition. */
    public boolean isOrdered() {
        return this != ADD;
    }

    /** Whether a reader must merge by key once such a delta is there. */
    public boolean needsMerge() {
        return this == UPSERT || this == DELETE;
    }

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
