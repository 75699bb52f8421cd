package io.deltacat.flink.source.feed;

import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * A change of the table's past that the feed got over, to be logged and counted. Immutable.
 *
 * @param kind what happened
 * @param partition the partition that was read so far
 * @param lostDeltas ordered deltas that were passed over unread, 0 when none or unknown
 * @param text what happened, with its range of positions, as one sentence
 */
@Internal
public record HistoryEvent(Kind kind, PartitionRef partition, long lostDeltas, String text) {
    /** Checks that nothing is missing. */
    public HistoryEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(text, "text");
    }

    /** What happened. */
    public enum Kind {
        /** A partition was rewritten with the same rows; nothing was emitted twice, nothing lost. */
        COMPACTED,
        /** Rows that were emitted were replaced, and the policy was not to fail. */
        REPLACED,
        /** Deltas were gone before they were read, and the policy was not to fail. */
        LOST
    }
}
