package io.deltacat.flink.source.feed;

import io.deltacat.flink.source.DeltaCatSourceException;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Which kinds of deltas a job reads. */
@Internal
public enum ReadableKinds {
    /** Rows that are only ever added. */
    INSERTS,
    /** Everything: upserts and deletes too. */
    ALL;

    /**
     * Finds the kind of a delta and checks that this job can read it.
     *
     * @param table table name, for the error text
     * @param delta the delta
     * @param wireName {@code delta_type} of the wire
     * @return the kind
     * @throws DeltaCatSourceException.UnsupportedTable when it is unknown, or not plain inserts where those are expected
     */
    public DeltaKind kind(String table, DeltaRef delta, @Nullable String wireName) {
        DeltaKind kind = DeltaKind.ofWireName(wireName).orElse(null);
        if (kind == null || (this == INSERTS && !kind.insertOnly())) {
            throw new DeltaCatSourceException.UnsupportedTable("Table %s, delta %s: its type is '%s'; expected %s. %s"
                    .formatted(
                            table,
                            delta,
                            wireName,
                            this == INSERTS
                                    ? "'add' or 'append', since the table has no merge keys"
                                    : "'add', 'append', 'upsert' or 'delete'",
                            this == INSERTS
                                    ? "Write to the table with modes add or append, or read the deltas as they are with 'scan.changelog.mode' = 'append-only'."
                                    : "Use a release that knows this type."));
        }
        return kind;
    }
}
