package io.deltacat.flink.sink.commit;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;

/** Write mode of one delta, as the wire names it (protocol/data-plane.md §1.9). */
@Internal
public enum DeltaMode {
    /** Ordered: the delta gets the next position of its partition. */
    APPEND("append"),
    /** Unordered: many writers may commit at once without conflicts. */
    ADD("add"),
    /** Ordered: each row takes the place of the row with its merge keys, in tables that have them. */
    MERGE("merge"),
    /** Ordered: rows with these merge keys are removed. */
    DELETE("delete"),
    /** Takes the place of everything in the table version. */
    REPLACE("replace"),
    /** Takes the place of everything in the partitions that it has files for. */
    REPLACE_PARTITION("replace_partition");

    private final String wireName;

    DeltaMode(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Gives the name on the wire, which is also the name in checkpoint state.
     *
     * @return the lower-case name
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Tells whether a delta of this mode takes the place of others.
     *
     * @return true for the two kinds of replacement
     */
    public boolean replaces() {
        return this == REPLACE || this == REPLACE_PARTITION;
    }

    /**
     * Tells whether a delta of this mode conflicts with others of its partition that commit after its transaction began.
     *
     * @return true if it takes the next position of its partition
     */
    boolean isOrdered() {
        return this == ordered();
    }

    /**
     * Gives the mode to stage a delta again with. It adds the same rows, but ordered: the server refuses it if its partition
     * moved since its transaction began, and so keeps two attempts at the same files from both succeeding
     * (protocol/data-plane.md §1.9).
     *
     * @return an ordered mode
     */
    DeltaMode ordered() {
        return switch (this) {
            case APPEND, ADD -> APPEND;
            case MERGE, DELETE, REPLACE, REPLACE_PARTITION -> this;
        };
    }

    /**
     * Finds the mode of a wire name.
     *
     * @param wireName lower-case name
     * @return the mode
     * @throws IllegalArgumentException if this release knows no such mode
     */
    public static DeltaMode ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Delta mode '" + wireName + "' is unknown; expected one of "
                                + Arrays.toString(values()) + ". Restore with the release that wrote the state."));
    }
}
