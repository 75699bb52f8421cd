package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.Handover;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.progress.ProgressTracker;
import io.deltacat.flink.source.split.DeltaCatSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Hands out splits so that the changes of one key come in the order they were made. Keys are unique within a partition, so
 * each partition is a <em>lane</em>: at most one of its splits is at a reader, the lowest position first, and the next one
 * follows when it is finished. A lane stays with one reader while that reader could still go back to a checkpoint before
 * its splits: then everything after goes back with it. A partition that took the place of another waits for it, and goes to
 * the same reader.
 *
 * <p>Confined to the coordinator thread; pure.
 */
@Internal
final class LaneAssigner implements SplitQueue {
    private static final Comparator<DeltaCatSplit> LANE_ORDER = Comparator.comparingLong(
                    (DeltaCatSplit split) -> split.delta().position())
            .thenComparing(split -> split.kind() != DeltaKind.MERGED)
            .thenComparingInt(DeltaCatSplit::ordinal);

    private final ProgressTracker tracker;
    private final Supplier<List<Handover>> handovers;
    private final Map<PartitionRef, Deque<DeltaCatSplit>> lanes = new LinkedHashMap<>();
    private final Map<PartitionRef, Integer> owners = new TreeMap<>();
    private final Set<Integer> requests = new LinkedHashSet<>();
    private int waiting;

    /**
     * Starts without splits.
     *
     * @param tracker knows which splits are not finished
     * @param handovers partitions that others wait for
     */
    LaneAssigner(ProgressTracker tracker, Supplier<List<Handover>> handovers) {
        this.tracker = tracker;
        this.handovers = handovers;
    }

    @Override
    public void add(Collection<DeltaCatSplit> discovered) {
        for (DeltaCatSplit split : discovered) {
            lane(split).addLast(split);
            waiting++;
        }
    }

    @Override
    public void addBack(Collection<DeltaCatSplit> returned) {
        List<DeltaCatSplit> ordered = new ArrayList<>(returned);
        ordered.sort(LANE_ORDER.reversed());
        for (DeltaCatSplit split : ordered) {
            lane(split).addFirst(split);
            waiting++;
        }
    }

    @Override
    public void request(int subtask) {
        requests.add(subtask);
    }

    @Override
    public void forget(int subtask) {
        requests.remove(subtask);
    }

    @Override
    public void finished(int subtask, PartitionRef partition) {
        owners.putIfAbsent(partition, subtask);
    }

    @Override
    public Map<Integer, List<DeltaCatSplit>> assign(Set<Integer> registered) {
        owners.keySet().removeIf(partition -> !tracker.holds(partition));
        Map<Integer, List<DeltaCatSplit>> assignment = new LinkedHashMap<>();
        Map<PartitionRef, Boolean> free = new HashMap<>();
        Iterator<Integer> next = requests.iterator();
        while (next.hasNext() && waiting > 0) {
            int subtask = next.next();
            if (registered.contains(subtask)) {
                DeltaCatSplit split = take(subtask, free);
                if (split != null) {
                    assignment.put(subtask, List.of(split));
                    next.remove();
                }
            }
        }
        return assignment;
    }

    @Override
    public List<DeltaCatSplit> waiting() {
        List<DeltaCatSplit> all = new ArrayList<>(waiting);
        lanes.values().forEach(all::addAll);
        return all;
    }

    @Override
    public int waitingCount() {
        return waiting;
    }

    /** Takes the first split of a lane of this reader, else of a lane that nobody has. */
    private @Nullable DeltaCatSplit take(int subtask, Map<PartitionRef, Boolean> free) {
        PartitionRef unowned = null;
        for (Map.Entry<PartitionRef, Deque<DeltaCatSplit>> lane : lanes.entrySet()) {
            PartitionRef partition = lane.getKey();
            Integer owner = owner(partition);
            if (owner != null && owner != subtask) {
                continue;
            }
            if (!free.computeIfAbsent(partition, key -> ready(key, lane.getValue()))) {
                continue;
            }
            if (owner != null) {
                return takeFrom(partition, subtask, free);
            }
            unowned = unowned == null ? partition : unowned;
        }
        return unowned == null ? null : takeFrom(unowned, subtask, free);
    }

    private DeltaCatSplit takeFrom(PartitionRef partition, int subtask, Map<PartitionRef, Boolean> free) {
        Deque<DeltaCatSplit> lane = lanes.getOrDefault(partition, new ArrayDeque<>());
        DeltaCatSplit split = lane.removeFirst();
        waiting--;
        if (lane.isEmpty()) {
            lanes.remove(partition);
        }
        owners.put(partition, subtask);
        free.put(partition, false);
        return split;
    }

    private boolean ready(PartitionRef partition, Deque<DeltaCatSplit> lane) {
        if (tracker.unfinishedSplits(partition) != lane.size()) {
            return false;
        }
        List<Handover> ended = handovers.get();
        boolean endedItself = ended.stream().anyMatch(handover -> partition.equals(handover.from()));
        boolean tableReplaced = !endedItself
                && ended.stream()
                        .filter(handover -> handover.to() == null)
                        .anyMatch(handover -> tracker.unfinishedSplits(handover.from()) > 0);
        return !tableReplaced
                && predecessors(partition, ended).stream().allMatch(before -> tracker.unfinishedSplits(before) == 0);
    }

    /** The reader that must go on with a lane: its own, else that of a partition it took the place of. */
    private @Nullable Integer owner(PartitionRef partition) {
        Integer owner = owners.get(partition);
        if (owner != null) {
            return owner;
        }
        for (PartitionRef before : predecessors(partition, handovers.get())) {
            Integer earlier = owners.get(before);
            if (earlier != null) {
                return earlier;
            }
        }
        return null;
    }

    /** The partitions that a partition took the place of, directly or not, the latest first. */
    private static List<PartitionRef> predecessors(PartitionRef partition, List<Handover> ended) {
        List<PartitionRef> before = new ArrayList<>();
        PartitionRef later = partition;
        for (int i = ended.size() - 1; i >= 0; i--) {
            if (later.equals(ended.get(i).to())) {
                later = ended.get(i).from();
                before.add(later);
            }
        }
        return before;
    }

    private Deque<DeltaCatSplit> lane(DeltaCatSplit split) {
        return lanes.computeIfAbsent(split.delta().partition(), key -> new ArrayDeque<>());
    }
}
