package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.split.DeltaCatSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/**
 * Decides which waiting reader gets which waiting splits: first come, first served, in order of discovery or of event time,
 * a handful of small splits at once. Confined to the coordinator thread; pure.
 */
@Internal
final class SplitAssigner implements SplitQueue {
    /** Most splits handed out for one request, so that small files do not cost a round trip each. */
    static final int MOST_SPLITS = 16;

    /** Stored bytes after which one request is served, so that big files spread over the readers. */
    static final long ENOUGH_BYTES = 16L << 20;

    private static final Comparator<DeltaCatSplit> DELTA_ORDER =
            Comparator.comparing(DeltaCatSplit::delta).thenComparingInt(DeltaCatSplit::ordinal);

    private static final Comparator<DeltaCatSplit> EVENT_TIME_ORDER =
            Comparator.comparingLong(DeltaCatSplit::earliestEventTime).thenComparing(DELTA_ORDER);

    private final Deque<DeltaCatSplit> splits = new ArrayDeque<>();
    private final Set<Integer> requests = new LinkedHashSet<>();
    private final Order order;

    /** In which order splits are handed out. */
    enum Order {
        /** As they were discovered. */
        DISCOVERY,
        /** Those with the earliest event times first, so that watermarks rise early. */
        EVENT_TIME
    }

    /**
     * Starts without splits.
     *
     * @param order in which order to hand them out
     */
    SplitAssigner(Order order) {
        this.order = order;
    }

    /** Takes in newly discovered splits, behind all others. */
    @Override
    public void add(Collection<DeltaCatSplit> discovered) {
        splits.addAll(discovered);
        if (order == Order.EVENT_TIME) {
            List<DeltaCatSplit> ordered = new ArrayList<>(splits);
            ordered.sort(EVENT_TIME_ORDER);
            splits.clear();
            splits.addAll(ordered);
        }
    }

    /** Takes in splits that a failed reader gave back, before all others, in delta order. */
    @Override
    public void addBack(Collection<DeltaCatSplit> returned) {
        List<DeltaCatSplit> ordered = new ArrayList<>(returned);
        ordered.sort(DELTA_ORDER.reversed());
        ordered.forEach(splits::addFirst);
    }

    /** Notes that a reader wants work. */
    @Override
    public void request(int subtask) {
        requests.add(subtask);
    }

    /** Forgets the request of a reader that is gone. */
    @Override
    public void forget(int subtask) {
        requests.remove(subtask);
    }

    /**
     * Hands out splits.
     *
     * @param registered readers that can take splits; requests of others stay
     * @return the splits for each reader served
     */
    @Override
    public Map<Integer, List<DeltaCatSplit>> assign(Set<Integer> registered) {
        Map<Integer, List<DeltaCatSplit>> assignment = new LinkedHashMap<>();
        Iterator<Integer> next = requests.iterator();
        while (next.hasNext() && !splits.isEmpty()) {
            int subtask = next.next();
            if (registered.contains(subtask)) {
                assignment.put(subtask, take(registered.size()));
                next.remove();
            }
        }
        return assignment;
    }

    /** Returns the waiting splits in order. */
    @Override
    public List<DeltaCatSplit> waiting() {
        return List.copyOf(splits);
    }

    /** Returns the number of waiting splits. */
    @Override
    public int waitingCount() {
        return splits.size();
    }

    private List<DeltaCatSplit> take(int readers) {
        int fairShare = Math.max(1, (splits.size() + readers - 1) / readers);
        int most = Math.min(MOST_SPLITS, fairShare);
        List<DeltaCatSplit> taken = new ArrayList<>();
        long bytes = 0;
        while (taken.size() < most && bytes < ENOUGH_BYTES && !splits.isEmpty()) {
            DeltaCatSplit split = splits.removeFirst();
            taken.add(split);
            bytes += Math.max(1, split.contentLength());
        }
        return taken;
    }
}
