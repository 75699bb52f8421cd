package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.Distribution;
import io.deltacat.flink.sink.InvalidRowPolicy;
import io.deltacat.flink.sink.SchemaEvolution;
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
 * @param evolution what may change in the columns of the table
 * @param invalidRows what becomes of rows that the table cannot hold
 * @param exchange how rows come to the writers
 * @param files how files are written
 * @param commitMessage message of transactions, with placeholders
 * @param timeouts how long a checkpoint may be tried
 * @param parallelism number of writers, or null for that of the input
 */
@Internal
record SinkSettings(
        SinkMode mode,
        @Nullable String sinkId,
        boolean createIfMissing,
        SchemaEvolution evolution,
        InvalidRowPolicy invalidRows,
        Exchange exchange,
        FileSettings files,
        String commitMessage,
        CheckpointTimeouts timeouts,
        @Nullable Integer parallelism) {

    SinkSettings {
        requireNonNull(mode, "mode");
        requireNonNull(evolution, "evolution");
        requireNonNull(invalidRows, "invalidRows");
        requireNonNull(exchange, "exchange");
        requireNonNull(files, "files");
        requireNonNull(commitMessage, "commitMessage");
        requireNonNull(timeouts, "timeouts");
    }

    /**
     * How rows come to the writers, and wait there.
     *
     * @param distribution what they are spread by
     * @param upsertBufferBytes bytes of changes that a writer keeps in memory
     */
    record Exchange(Distribution distribution, long upsertBufferBytes) {

        Exchange {
            requireNonNull(distribution, "distribution");
        }
    }

    /**
     * How long the transaction of one checkpoint may be tried.
     *
     * @param prepare longest time to prepare it, or null for the default
     * @param commit longest time to commit it
     */
    record CheckpointTimeouts(@Nullable Duration prepare, Duration commit) {

        CheckpointTimeouts {
            requireNonNull(commit, "commit");
        }
    }
}
