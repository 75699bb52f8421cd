package io.deltacat.flink.source.feed;

import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * What is known of one partition: every ordered delta up to a position, and a set of {@code add} deltas. Immutable.
 *
 * @param orderedPosition the last known ordered position, 0 for none
 * @param adds the known {@code add} deltas
 */
@Internal
public record PartitionCursor(long orderedPosition, PositionSet adds) {
    /** A partition of which nothing is known. */
    public static final PartitionCursor START = new PartitionCursor(0, PositionSet.empty());

    /** Checks the position. */
    public PartitionCursor {
        Objects.requireNonNull(adds, "adds");
        if (orderedPosition < 0 || orderedPosition > DeltaRef.LAST_ORDERED_POSITION) {
            throw new IllegalArgumentException(
                    "Ordered position %d: expected 0 to %d".formatted(orderedPosition, DeltaRef.LAST_ORDERED_POSITION));
        }
    }

    /**
     * Tells whether a delta is known.
     *
     * @param kind kind of the delta
     * @param position its position
     * @return whether this cursor covers it
     */
    public boolean covers(DeltaKind kind, long position) {
        return kind.ordered() ? position <= orderedPosition : adds.contains(position);
    }
}
