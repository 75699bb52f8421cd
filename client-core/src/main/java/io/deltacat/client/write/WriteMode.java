package io.deltacat.client.write;

/** What a write does to a table (protocol/data-plane.md §1.9). */
public enum WriteMode {
    /** Upsert if the table has merge keys, else add if it existed, else append; may create the table. */
    AUTO("auto"),
    /** First write of a table that does not exist. */
    CREATE("create"),
    /** Unordered rows of a table without merge keys; concurrent writers never conflict. */
    ADD("add"),
    /** Ordered rows of a table without merge keys; concurrent writers of a partition may conflict. */
    APPEND("append"),
    /** Rows that replace older ones of the same merge key. */
    MERGE("merge"),
    /** Rows whose merge keys are deleted. */
    DELETE("delete"),
    /** Rows instead of everything in the table version. */
    REPLACE("replace"),
    /** Rows instead of everything in the partitions they belong to. */
    REPLACE_PARTITION("replace_partition");

    private final String wireName;

    WriteMode(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Gives the mode as the wire spells it.
     *
     * @return the lower-case name
     */
    public String wireName() {
        return wireName;
    }
}
