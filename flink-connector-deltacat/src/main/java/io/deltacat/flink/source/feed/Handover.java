package io.deltacat.flink.source.feed;

import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A partition whose deltas were all handed out and that another one took the place of. It is kept until the last of its
 * splits is finished for good: up to there the successor must not count as read, since it holds the same rows, and in
 * changelogs it must not overtake. Immutable.
 *
 * @param from the partition that ended
 * @param read what was handed out of it
 * @param to the partition that goes on with its rows, or null when all of the table was replaced
 */
@Internal
public record Handover(
        PartitionRef from, PartitionCursor read, @Nullable PartitionRef to) {
    /** Checks that nothing is missing. */
    public Handover {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(read, "read");
    }
}
