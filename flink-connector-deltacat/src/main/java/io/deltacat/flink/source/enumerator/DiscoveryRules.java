package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.DiscoveryFeed;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * How new deltas are looked for, and how much at a time. Immutable.
 *
 * @param feed how to learn about new deltas
 * @param interval pause between looks for new deltas
 * @param failureTolerance how long the server may be out of reach
 * @param maxPendingSplits discovery stops while this many splits are unfinished
 * @param splitBytes stored bytes one split should have
 * @param bytesPerSecond most stored bytes handed to readers in a second, on average; {@code Long.MAX_VALUE} for no limit
 */
@Internal
public record DiscoveryRules(
        DiscoveryFeed feed,
        Duration interval,
        Duration failureTolerance,
        int maxPendingSplits,
        long splitBytes,
        long bytesPerSecond)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public DiscoveryRules {
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(failureTolerance, "failureTolerance");
    }
}
