package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.source.DiscoveryFeed;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * How new deltas are looked for. Immutable.
 *
 * @param feed how new deltas are found
 * @param interval pause between two looks
 * @param maxPendingSplits unfinished splits at which looking stops
 * @param failureTolerance how long the server may be out of reach
 */
@Internal
record DiscoverySettings(DiscoveryFeed feed, Duration interval, int maxPendingSplits, Duration failureTolerance) {

    DiscoverySettings {
        requireNonNull(feed, "feed");
        requireNonNull(interval, "interval");
        requireNonNull(failureTolerance, "failureTolerance");
    }
}
