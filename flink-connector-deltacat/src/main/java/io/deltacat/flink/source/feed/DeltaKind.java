package io.deltacat.flink.source.feed;

import java.util.Locale;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** What a delta does to the table (protocol/data-plane.md §1.9). The order of the constants is part of no format. */
@Internal
public enum DeltaKind {
    /** New rows without a place in the order; its position is random. */
    ADD((byte) 1, "add"),
    /** New rows after everything before them. */
    APPEND((byte) 2, "append"),
    /** Whole rows that replace rows of the same merge key. */
    UPSERT((byte) 3, "upsert"),
    /** Keys whose rows are gone. */
    DELETE((byte) 4, "delete"),
    /** A partition merged by key up to the position of its last delta; no kind of the wire. */
    MERGED((byte) 5, "merged");

    private final byte code;
    private final String wireName;

    DeltaKind(byte code, String wireName) {
        this.code = code;
        this.wireName = wireName;
    }

    /**
     * Finds the kind behind a {@code delta_type} of the wire.
     *
     * @param wireName the name in any case, or null when the server sent none
     * @return the kind, or empty for a name this connector does not know
     */
    public static Optional<DeltaKind> ofWireName(@Nullable String wireName) {
        if (wireName == null) {
            return Optional.empty();
        }
        String name = wireName.toLowerCase(Locale.ROOT);
        for (DeltaKind kind : values()) {
            if (kind != MERGED && kind.wireName.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /**
     * Finds the kind behind a code of the state formats.
     *
     * @param code a code written by {@link #code()}
     * @return the kind, or empty when a later release wrote it
     */
    public static Optional<DeltaKind> ofCode(byte code) {
        for (DeltaKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the stable code used in state formats.
     *
     * @return the code, never reused for another kind
     */
    public byte code() {
        return code;
    }

    /**
     * Returns the name used on the wire.
     *
     * @return lower-case name
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Tells whether the deltas of this kind have consecutive positions in their partition.
     *
     * @return false for {@link #ADD} only
     */
    public boolean ordered() {
        return this != ADD;
    }

    /**
     * Tells whether the rows can be emitted as inserts without looking at other deltas.
     *
     * @return true for {@link #ADD} and {@link #APPEND}
     */
    public boolean insertOnly() {
        return this == ADD || this == APPEND;
    }
}
