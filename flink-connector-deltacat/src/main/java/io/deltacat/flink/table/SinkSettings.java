package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.MemorySize;
import org.jspecify.annotations.Nullable;

/**
 * How a table is written, as far as options say. Immutable.
 *
 * @param mode kind of delta
 * @param sinkId name of the sink, or null for the default made of catalog, namespace and table
 * @param commitTimeout how long preparing or committing a checkpoint may be retried
 * @param targetFileSize size at which files are rolled
 * @param createIfMissing whether the job creates a table that is not there
 * @param parallelism number of writers, or null for that of the input
 */
@Internal
record SinkSettings(
        AppendMode mode,
        @Nullable String sinkId,
        Duration commitTimeout,
        MemorySize targetFileSize,
        boolean createIfMissing,
        @Nullable Integer parallelism) {

    SinkSettings {
        requireNonNull(mode, "mode");
        requireNonNull(commitTimeout, "commitTimeout");
        requireNonNull(targetFileSize, "targetFileSize");
    }
}
