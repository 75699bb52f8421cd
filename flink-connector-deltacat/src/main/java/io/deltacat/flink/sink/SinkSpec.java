package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.format.file.Codec;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * All options of a sink, checked. Immutable.
 *
 * @param connection how to reach the server
 * @param table table that is written
 * @param rowType type of the rows
 * @param mode how rows are added
 * @param sinkId identity of the sink
 * @param codec compression of files
 * @param prepareTimeout longest time to prepare a checkpoint
 * @param commitTimeout longest time to commit a checkpoint
 * @param targetFileBytes size at which a file ends
 * @param uploadParallelism files of one writer that are finished at the same time
 * @param checkTableAtBuild whether the table is looked at while the job graph is built
 * @param commitsBySavepoint whether unbounded input is taken without checkpoints
 * @param createTableIfMissing whether writers create the table if it is not there
 */
@Internal
record SinkSpec(
        DeltaCatConnection connection,
        TableRef table,
        RowType rowType,
        SinkMode mode,
        String sinkId,
        Codec codec,
        Duration prepareTimeout,
        Duration commitTimeout,
        long targetFileBytes,
        int uploadParallelism,
        boolean checkTableAtBuild,
        boolean commitsBySavepoint,
        boolean createTableIfMissing)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException naming the option, if one is out of range
     */
    SinkSpec {
        requireNonNull(connection, "connection");
        requireNonNull(table, "table");
        requireNonNull(rowType, "rowType");
        requireNonNull(mode, "mode");
        requireNonNull(codec, "codec");
        check(!sinkId.isBlank(), "sink.id", sinkId, "a name");
        check(isPositive(prepareTimeout), "sink.prepare.timeout", prepareTimeout, "a positive duration");
        check(isPositive(commitTimeout), "sink.commit.timeout", commitTimeout, "a positive duration");
        check(targetFileBytes > 0, "sink.target-file-size", targetFileBytes, "a positive size");
        check(uploadParallelism > 0, "sink.upload.parallelism", uploadParallelism, "1 or more");
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void check(boolean holds, String option, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Sink: option '" + option + "' is '" + value + "'; expected " + expected + ". Fix the option.");
        }
    }
}
