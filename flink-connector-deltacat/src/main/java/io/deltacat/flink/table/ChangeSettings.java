package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.source.ChangelogMode;
import io.deltacat.flink.source.HistoryPolicy;
import org.apache.flink.annotation.Internal;

/**
 * What changes of a table mean for a reader. Immutable.
 *
 * @param changelogMode how deltas of a table with merge keys become rows
 * @param onReplace what to do when rows that were emitted are replaced
 * @param onHistoryLost what to do when deltas are gone before they were read
 */
@Internal
record ChangeSettings(ChangelogMode changelogMode, HistoryPolicy onReplace, HistoryPolicy onHistoryLost) {
    ChangeSettings {
        requireNonNull(changelogMode, "changelogMode");
        requireNonNull(onReplace, "onReplace");
        requireNonNull(onHistoryLost, "onHistoryLost");
    }
}
