package io.deltacat.flink.source.reader;

import io.deltacat.flink.source.split.DeltaCatSplit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Keeps finished splits until the enumerator confirms that it knows them; they are part of the reader's state and announced
 * again after a restore ({@link io.deltacat.flink.source.progress.FinishedSplits} says why that suffices). Confined to the
 * mailbox thread; pure.
 */
@Internal
public final class UnconfirmedSplits {
    private final Map<String, DeltaCatSplit> splits = new LinkedHashMap<>();

    /** Starts without splits. */
    public UnconfirmedSplits() {}

    /**
     * Keeps a split whose rows were all emitted.
     *
     * @param split the split
     */
    public void add(DeltaCatSplit split) {
        splits.put(split.splitId(), split.finished());
    }

    /**
     * Forgets splits.
     *
     * @param splitIds their ids; those that are not kept are ignored
     */
    public void confirmed(Collection<String> splitIds) {
        splits.keySet().removeAll(List.copyOf(splitIds));
    }

    /**
     * Returns the ids of all splits kept.
     *
     * @return the ids, oldest first
     */
    public List<String> ids() {
        return List.copyOf(splits.keySet());
    }

    /**
     * Returns the splits for the reader's state.
     *
     * @return the splits, marked as finished
     */
    public List<DeltaCatSplit> snapshot() {
        return List.copyOf(splits.values());
    }
}
