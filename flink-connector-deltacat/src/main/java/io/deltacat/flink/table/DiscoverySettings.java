package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * How new deltas are looked for. Immutable.
 *
 * @param interval pause between two looks
 * @param maxPendingSplits unfinished splits at which looking stops
 * @param failureTolerance how long the server may be out of reach
 */
@Internal
record DiscoverySettings(Duration interval, int maxPendingSplits, Duration failureTolerance) {

    DiscoverySettings {
        requireNonNull(interval, "interval");
        requireNonNull(failureTolerance, "failureTolerance");
    }
}
