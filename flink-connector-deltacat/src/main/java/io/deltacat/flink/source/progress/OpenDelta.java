package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/**
 * A delta that is not read completely, as kept in checkpoints. Immutable.
 *
 * @param delta the delta
 * @param kind what it does
 * @param splits number of splits it has been cut into so far
 * @param complete whether all its files were discovered
 * @param pending ordinals of the splits that are not finished
 */
@Internal
public record OpenDelta(DeltaRef delta, DeltaKind kind, int splits, boolean complete, SortedSet<Integer> pending) {
    /** Copies and checks the ordinals. */
    public OpenDelta {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(kind, "kind");
        pending = Collections.unmodifiableSortedSet(new TreeSet<>(pending));
        if (splits < 0 || (!pending.isEmpty() && (pending.first() < 0 || pending.last() >= splits))) {
            throw new IllegalArgumentException(
                    "Delta %s: unfinished splits %s are not among its %d splits".formatted(delta, pending, splits));
        }
    }
}
