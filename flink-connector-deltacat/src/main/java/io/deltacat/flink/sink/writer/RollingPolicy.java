package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * Decides when a file ends. A barrier ends every file, whatever this says. Immutable and pure.
 *
 * @param targetBytes size at which a file ends, positive
 * @param maxRows rows at which a file ends, positive; {@link Long#MAX_VALUE} for no limit
 * @param maxAge age at which a file ends, looked at when a row comes, positive
 * @param maxOpenFiles files of one writer that are open at the same time, 1 or more
 * @param memoryBytes about how many bytes the open files of one writer may hold together, positive
 */
@Internal
public record RollingPolicy(long targetBytes, long maxRows, Duration maxAge, int maxOpenFiles, long memoryBytes) {
    /** Looking at the size of a file costs a little; rows between two looks at most. */
    private static final long ROWS_BETWEEN_LOOKS = 64;

    /** Checks that the age is there. */
    public RollingPolicy {
        requireNonNull(maxAge, "maxAge");
    }

    /**
     * Tells whether a file ends now.
     *
     * @param length how long it would be, in bytes
     * @param rows its rows
     * @param ageNanos time since it was opened
     * @return true if no row may be added to it
     */
    boolean ends(long length, long rows, long ageNanos) {
        return length >= targetBytes || rows >= maxRows || ageNanos >= maxAge.toNanos();
    }

    /**
     * Tells how many rows may be added to a file before it has to be looked at.
     *
     * @param rows rows it has now, fewer than the limit
     * @return 1 or more
     */
    long rowsUntilLook(long rows) {
        return Math.max(1, Math.min(ROWS_BETWEEN_LOOKS, maxRows - rows));
    }
}
