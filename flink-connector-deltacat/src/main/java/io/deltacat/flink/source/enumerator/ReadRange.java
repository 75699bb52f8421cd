package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.StartMode;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;

/**
 * Where reading starts without restored state, and where it ends. Immutable.
 *
 * @param startMode where to start
 * @param startNanos commit time to start from, in nanoseconds since the epoch; 0 unless the mode is a time
 * @param boundedness whether reading ends
 * @param endNanos commit time of the last snapshot to read, in nanoseconds since the epoch; 0 for the one that a bounded job
 *     finds when it starts
 */
@Internal
public record ReadRange(StartMode startMode, long startNanos, Boundedness boundedness, long endNanos)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that the parts fit. */
    public ReadRange {
        Objects.requireNonNull(startMode, "startMode");
        Objects.requireNonNull(boundedness, "boundedness");
        if (startNanos < 0 || endNanos < 0 || (startMode == StartMode.TIMESTAMP) != (startNanos > 0)) {
            throw new IllegalArgumentException("Start mode %s with time %d ns, end time %d ns: they do not fit"
                    .formatted(startMode, startNanos, endNanos));
        }
    }

    /**
     * Makes a range that ends with the snapshot found at the start, or never.
     *
     * @param startMode where to start, no time
     * @param boundedness whether reading ends
     * @return the range
     */
    public static ReadRange of(StartMode startMode, Boundedness boundedness) {
        return new ReadRange(startMode, 0, boundedness, 0);
    }
}
