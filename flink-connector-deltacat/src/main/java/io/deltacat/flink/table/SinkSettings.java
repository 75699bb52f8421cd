package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.SinkMode;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How a table is written, as far as options say. Immutable.
 *
 * @param mode kind of delta
 * @param sinkId name of the sink, or null for the default made of catalog, namespace and table
 * @param createIfMissing whether the job creates a table that is not there
 * @param files how files are written
 * @param timeouts how long a checkpoint may be tried
 * @param parallelism number of writers, or null for that of the input
 */
@Internal
record SinkSettings(
        SinkMode mode,
        @Nullable String sinkId,
        boolean createIfMissing,
        FileSettings files,
        CheckpointTimeouts timeouts,
        @Nullable Integer parallelism) {

    SinkSettings {
        requireNonNull(mode, "mode");
        requireNonNull(files, "files");
        requireNonNull(timeouts, "timeouts");
    }

    /**
     * How long the transaction of one checkpoint may be tried.
     *
     * @param prepare longest time to prepare it
     * @param commit longest time to commit it
     */
    record CheckpointTimeouts(Duration prepare, Duration commit) {

        CheckpointTimeouts {
            requireNonNull(prepare, "prepare");
            requireNonNull(commit, "commit");
        }
    }
}
