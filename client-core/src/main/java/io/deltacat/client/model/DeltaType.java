package io.deltacat.client.model;

import java.util.Locale;
import java.util.Optional;

/** Kinds of delta, {@code delta_type} on the wire (protocol/data-plane.md §1.9). */
public enum DeltaType {
    /** Unordered rows at a random position. */
    ADD,
    /** Ordered rows. */
    APPEND,
    /** Ordered whole rows that replace older rows of the same merge key. */
    UPSERT,
    /** Keys whose older rows are gone. */
    DELETE;

    /** Returns whether deltas of this type get positions 1, 2, 3, … in their partition. */
    public boolean isOrdered() {
        return this != ADD;
    }

    /** Returns whether a reader must merge by key once such a delta is there. */
    public boolean needsMerge() {
        return this == UPSERT || this == DELETE;
    }

    /** Returns the spelling on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the spelling of the wire.
     *
     * @param wireName lower-case name
     * @return the type, or empty for a name this client does not know
     */
    public static Optional<DeltaType> parse(String wireName) {
        for (DeltaType type : values()) {
            if (type.wireName().equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
