package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.SplitId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Adds up the rows and bytes of splits that are not finished, of those that the enumerator has or had. Confined to the
 * coordinator thread; pure.
 */
@Internal
final class UnfinishedLoad {
    private final Map<SplitId, Weight> weights = new HashMap<>();
    private long rows;
    private long bytes;

    /** Takes in splits that are to be read, perhaps again. */
    void add(Collection<DeltaCatSplit> splits) {
        for (DeltaCatSplit split : splits) {
            Weight weight = new Weight(split.rowsLeft(), split.contentLength());
            Weight before = weights.put(split.id(), weight);
            rows += weight.rows() - (before == null ? 0 : before.rows());
            bytes += weight.bytes() - (before == null ? 0 : before.bytes());
        }
    }

    /** Notes that a split is finished. */
    void finished(SplitId split) {
        Weight weight = weights.remove(split);
        if (weight != null) {
            rows -= weight.rows();
            bytes -= weight.bytes();
        }
    }

    /** Forgets all splits. */
    void clear() {
        weights.clear();
        rows = 0;
        bytes = 0;
    }

    /** Returns the rows, of splits whose row count is known. */
    long rows() {
        return rows;
    }

    /** Returns the stored bytes. */
    long bytes() {
        return bytes;
    }

    /** Size of one split. */
    private record Weight(long rows, long bytes) {}
}
