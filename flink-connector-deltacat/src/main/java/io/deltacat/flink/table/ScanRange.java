package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.source.StartMode;
import java.time.Instant;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * From where to where a table is read. Immutable.
 *
 * @param startMode where a job that is not restored begins
 * @param startTime the time to begin at; not null exactly if the mode is {@link StartMode#TIMESTAMP}
 * @param boundedMode where reading ends; never {@link BoundedMode#UNBOUNDED} in batch mode
 * @param endTime the time to end at; not null exactly if the mode is {@link BoundedMode#AS_OF}
 */
@Internal
record ScanRange(
        StartMode startMode,
        @Nullable Instant startTime,
        BoundedMode boundedMode,
        @Nullable Instant endTime) {

    ScanRange {
        requireNonNull(startMode, "startMode");
        requireNonNull(boundedMode, "boundedMode");
    }

    boolean isBounded() {
        return boundedMode != BoundedMode.UNBOUNDED;
    }

    /** Whether one snapshot is read, so that rows of one key are merged before they come out. */
    boolean isSnapshot() {
        return isBounded() && startMode == StartMode.FULL;
    }

    /** Returns the range that ends with the table as it was at a time. */
    ScanRange until(Instant time) {
        return new ScanRange(startMode, startTime, BoundedMode.AS_OF, time);
    }
}
