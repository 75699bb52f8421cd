package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.split.DeltaCatSplit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/** Splits that no reader has, and which reader gets which of them. Confined to the coordinator thread; pure. */
@Internal
interface SplitQueue {
    /** Takes in newly discovered splits, behind all others. */
    void add(Collection<DeltaCatSplit> discovered);

    /** Takes in splits that a failed reader gave back, before all others, in delta order. */
    void addBack(Collection<DeltaCatSplit> returned);

    /** Notes that a reader wants work. */
    void request(int subtask);

    /** Forgets the request of a reader that is gone. */
    void forget(int subtask);

    /**
     * Notes that a reader finished a split, before the split counts as finished.
     *
     * @param subtask the reader
     * @param partition partition of the split
     */
    default void finished(int subtask, PartitionRef partition) {}

    /**
     * Hands out splits.
     *
     * @param registered readers that can take splits; requests of others stay
     * @return the splits for each reader served
     */
    Map<Integer, List<DeltaCatSplit>> assign(Set<Integer> registered);

    /** Returns the waiting splits in order. */
    List<DeltaCatSplit> waiting();

    /** Returns the number of waiting splits. */
    int waitingCount();
}
