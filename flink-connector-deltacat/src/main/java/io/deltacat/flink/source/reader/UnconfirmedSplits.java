package io.deltacat.flink.source.reader;

import io.deltacat.flink.source.split.DeltaCatSplit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Keeps finished splits until the enumerator confirms that it knows them; they are part of the reader's state and announced
 * again after a restore ({@link io.deltacat.flink.source.split.SplitsConfirmed} says why that suffices). Confined to the
 * mailbox thread; pure.
 */
@Internal
final class UnconfirmedSplits {
    private final Map<String, DeltaCatSplit> splits = new LinkedHashMap<>();

    /** Keeps a split whose rows were all emitted. */
    void add(DeltaCatSplit split) {
        splits.put(split.splitId(), split.finished());
    }

    /** Forgets splits; ids that are not kept are ignored. */
    void confirmed(Collection<String> splitIds) {
        splits.keySet().removeAll(List.copyOf(splitIds));
    }

    /** Returns the ids of all splits kept, oldest first. */
    List<String> ids() {
        return List.copyOf(splits.keySet());
    }

    /** Returns the splits for the reader's state. */
    List<DeltaCatSplit> snapshot() {
        return List.copyOf(splits.values());
    }
}
