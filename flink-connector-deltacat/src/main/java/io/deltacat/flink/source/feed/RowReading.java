package io.deltacat.flink.source.feed;

import org.apache.flink.annotation.Internal;

/** How the rows of a table are read. */
@Internal
public enum RowReading {
    /** The table has no merge keys: rows are only added, in any order. */
    INSERTS,
    /** The table has merge keys: deltas of one partition are read one after the other, snapshots are merged. */
    UPSERTS,
    /** The deltas are read as they are, whatever they do, in any order. */
    AS_WRITTEN;

    /**
     * Returns the kinds of deltas that are expected.
     *
     * @return the kinds
     */
    public ReadableKinds kinds() {
        return this == INSERTS ? ReadableKinds.INSERTS : ReadableKinds.ALL;
    }
}
