package io.deltacat.flink.source;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/** How the deltas of a table with merge keys become rows. */
@PublicEvolving
public enum ChangelogMode {
    /** As an upsert changelog: rows of upserts as {@code +U} (of a snapshot as {@code +I}), keys of deletes as {@code -D}. */
    UPSERT,
    /** Every row of every delta as an insert, as it was written; a metadata column tells the kind of its delta. */
    APPEND_ONLY;

    /** Returns the value as options spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
