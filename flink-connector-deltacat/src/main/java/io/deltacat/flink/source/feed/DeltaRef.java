package io.deltacat.flink.source.feed;

import java.util.Comparator;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * Identity of one delta. Immutable.
 *
 * @param partition the partition it belongs to
 * @param position stream position: 1, 2, 3… for ordered deltas, a random value above {@link #LAST_ORDERED_POSITION} for
 *     {@code add} deltas (protocol/data-plane.md §6.2)
 */
@Internal
public record DeltaRef(PartitionRef partition, long position) implements Comparable<DeltaRef> {
    /** Highest position an ordered delta can have; everything above belongs to {@code add} deltas. */
    public static final long LAST_ORDERED_POSITION = (1L << 32) - 1;

    private static final Comparator<DeltaRef> ORDER =
            Comparator.comparing(DeltaRef::partition).thenComparingLong(DeltaRef::position);

    /** Checks the position. */
    public DeltaRef {
        Objects.requireNonNull(partition, "partition");
        if (position < 0) {
            throw new IllegalArgumentException(
                    "Delta %s/%d: a position is not negative".formatted(partition, position));
        }
    }

    /**
     * Returns the readable form used in split ids, logs and error texts.
     *
     * @return {@code stream/partition/position}
     */
    public String text() {
        return partition + "/" + position;
    }

    @Override
    public int compareTo(DeltaRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
