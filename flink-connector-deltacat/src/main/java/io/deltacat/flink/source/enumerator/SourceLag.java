package io.deltacat.flink.source.enumerator;

import org.apache.flink.annotation.Internal;

/**
 * How far reading is behind, taken at one moment. Immutable, so that reporters may look at it from any thread.
 *
 * @param deltas deltas that are not read
 * @param rows rows of unfinished splits
 * @param bytes stored bytes of unfinished splits
 * @param oldestNanos when the oldest unread delta was discovered, by the monotonic clock; the time itself when none is unread
 * @param backlog whether more waits to be discovered
 * @param waitingSplits splits that no reader has
 * @param unfinishedSplits splits that are not finished
 * @param paused whether the subscription is paused
 * @param discoveredPositions ordered positions discovered, added up over partitions
 * @param acknowledgedPositions ordered positions acknowledged, added up over partitions; negative before the first
 *     acknowledgement
 */
@Internal
record SourceLag(
        int deltas,
        long rows,
        long bytes,
        long oldestNanos,
        boolean backlog,
        int waitingSplits,
        int unfinishedSplits,
        boolean paused,
        long discoveredPositions,
        long acknowledgedPositions) {
    /** What is known before anything is. */
    static final SourceLag NONE = new SourceLag(0, 0, 0, 0, false, 0, 0, false, 0, -1);

    /** Returns ordered deltas that were discovered and not acknowledged. */
    long unacknowledged() {
        return Math.max(0, discoveredPositions - Math.max(0, acknowledgedPositions));
    }
}
