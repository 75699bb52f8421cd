package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.DeltaSlice;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.Handover;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.split.SplitId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/**
 * Knows which deltas are not read completely. A delta is read when all its files were discovered and all its splits are
 * finished; a delta without files is read at once.
 *
 * <p>A split is <em>finished</em> when a reader said so, and <em>durable</em> when a checkpoint taken after that completed.
 * Until then the reader may fail, go back to the checkpoint before, and emit the rows again; {@link #reopen} takes the word
 * back. That is why deltas leave the tracker only when all their splits are durable. Its size is the work since the last
 * completed checkpoint, not the table's. Confined to the coordinator thread; pure.
 */
@Internal
public final class ProgressTracker {
    private final Map<String, TrackedDelta> open = new LinkedHashMap<>();
    private final Map<PartitionRef, Counts> counts = new HashMap<>();
    private int unfinishedSplits;

    /** Starts without open deltas. */
    public ProgressTracker() {}

    /**
     * Goes on from a checkpoint.
     *
     * @param restored the open deltas it held
     * @param nowNanos the time
     */
    public ProgressTracker(Collection<OpenDelta> restored, long nowNanos) {
        for (OpenDelta delta : restored) {
            TrackedDelta entry = new TrackedDelta(delta.delta(), delta.kind());
            entry.sinceNanos = nowNanos;
            entry.splits = delta.splits();
            entry.complete = delta.complete();
            delta.pending().forEach(entry.pending::set);
            countUnfinished(entry, delta.pending().size());
            keepIfOpen(entry);
        }
    }

    /**
     * Takes in newly discovered files.
     *
     * @param slice the files
     * @param splitCount number of splits they were cut into
     * @param nowNanos the time
     * @return ordinal in the delta of the first of these splits
     */
    public int discovered(DeltaSlice slice, int splitCount, long nowNanos) {
        TrackedDelta known = open.get(slice.delta().text());
        TrackedDelta entry = known == null ? new TrackedDelta(slice.delta(), slice.kind()) : known;
        if (known == null) {
            entry.sinceNanos = nowNanos;
        }
        int first = entry.splits;
        entry.splits = Math.addExact(first, splitCount);
        entry.pending.set(first, entry.splits);
        countUnfinished(entry, splitCount);
        entry.complete = slice.last();
        keepIfOpen(entry);
        return first;
    }

    /**
     * Marks a split as finished.
     *
     * @param split the split
     * @return whether it was unfinished; false for a repeated or outdated word, which changes nothing
     */
    public boolean finish(SplitId split) {
        TrackedDelta entry = open.get(split.deltaText());
        if (entry == null || !entry.pending.get(split.ordinal())) {
            return false;
        }
        entry.pending.clear(split.ordinal());
        entry.tentative.set(split.ordinal());
        countUnfinished(entry, -1);
        return true;
    }

    /**
     * Takes a finish back, because the reader that said it went back to an earlier checkpoint.
     *
     * @param split the split
     */
    public void reopen(SplitId split) {
        TrackedDelta entry = open.get(split.deltaText());
        if (entry != null && entry.tentative.get(split.ordinal())) {
            entry.tentative.clear(split.ordinal());
            entry.pending.set(split.ordinal());
            countUnfinished(entry, 1);
        }
    }

    /**
     * Makes a finish final, because a checkpoint that covers it completed.
     *
     * @param split the split
     */
    public void durable(SplitId split) {
        TrackedDelta entry = open.get(split.deltaText());
        if (entry != null) {
            entry.tentative.clear(split.ordinal());
            keepIfOpen(entry);
        }
    }

    /**
     * Returns what is read completely, if a checkpoint taken now completes.
     *
     * @param cursor how far discovery has come; of a pinned snapshot only what was known before counts until it is paged to
     *     its end, since its deltas come in no particular order. A partition that took the place of another counts only when
     *     that one is read to its end
     * @return the contiguous prefix of each partition, and the add deltas read
     */
    public Progress progress(FeedCursor cursor) {
        SortedMap<PartitionRef, PartitionCursor> discovered = new TreeMap<>(
                cursor.pinnedSnapshot().map(snapshot -> snapshot.base()).orElse(cursor.partitions()));
        UnreadDeltas unread = new UnreadDeltas(open.values());
        SortedMap<PartitionRef, PartitionCursor> read = new TreeMap<>();
        Set<PartitionRef> heldBack = new TreeSet<>();
        Set<PartitionRef> ended = new TreeSet<>();
        for (Handover handover : cursor.handovers()) {
            PartitionRef from = handover.from();
            boolean blocked = heldBack.contains(from);
            if (!blocked && unread.any(from)) {
                read.put(from, unread.limit(from, handover.read()));
            } else if (!blocked) {
                ended.add(from);
            }
            if (handover.to() != null && (blocked || unread.any(from))) {
                heldBack.add(handover.to());
            }
        }
        discovered.forEach((partition, known) -> {
            if (!heldBack.contains(partition)) {
                read.put(partition, unread.limit(partition, known));
            }
        });
        return new Progress(read, ended);
    }

    /**
     * Tells whether a partition has deltas that are unread, or read but not durable.
     *
     * @param partition the partition
     * @return whether the tracker still holds one of its deltas
     */
    public boolean holds(PartitionRef partition) {
        Counts known = counts.get(partition);
        return known != null && known.deltas > 0;
    }

    /**
     * Counts the splits of a partition that are not finished, wherever they are.
     *
     * @param partition the partition
     * @return the number
     */
    public int unfinishedSplits(PartitionRef partition) {
        Counts known = counts.get(partition);
        return known == null ? 0 : known.unfinishedSplits;
    }

    /**
     * Finds the delta that a split belongs to.
     *
     * @param split the split
     * @return the delta, or empty when it is not held
     */
    public Optional<DeltaRef> deltaOf(SplitId split) {
        return Optional.ofNullable(open.get(split.deltaText())).map(entry -> entry.delta);
    }

    /**
     * Returns the deltas to keep in a checkpoint taken now: those with unfinished splits or undiscovered files.
     *
     * @return a copy, in order of discovery
     */
    public List<OpenDelta> snapshot() {
        List<OpenDelta> state = new ArrayList<>();
        for (TrackedDelta entry : open.values()) {
            if (!entry.read()) {
                SortedSet<Integer> pending = new TreeSet<>();
                entry.pending.stream().forEach(pending::add);
                state.add(new OpenDelta(entry.delta, entry.kind, entry.splits, entry.complete, pending));
            }
        }
        return state;
    }

    /**
     * Returns how many splits are not finished, wherever they are.
     *
     * @return the number
     */
    public int unfinishedSplits() {
        return unfinishedSplits;
    }

    /**
     * Tells whether everything discovered is finished.
     *
     * @return whether no split is unfinished and no delta incomplete
     */
    public boolean allRead() {
        return unfinishedSplits == 0 && open.values().stream().allMatch(TrackedDelta::read);
    }

    /**
     * Counts the deltas that are not read.
     *
     * @return deltas with unfinished splits or undiscovered files
     */
    public int unreadDeltas() {
        return (int) open.values().stream().filter(entry -> !entry.read()).count();
    }

    /**
     * Tells since when the oldest unread delta is known.
     *
     * @param nowNanos the time
     * @return when it was discovered or restored; the time itself when every delta is read
     */
    public long unreadSince(long nowNanos) {
        long longest = open.values().stream()
                .filter(entry -> !entry.read())
                .mapToLong(entry -> nowNanos - entry.sinceNanos)
                .max()
                .orElse(0);
        return nowNanos - longest;
    }

    /**
     * Returns how many deltas are held.
     *
     * @return deltas that are unread, or read but not durable
     */
    public int heldDeltas() {
        return open.size();
    }

    /**
     * Tells whether no reader has anything to finish, or has finished anything that is not durable. Files that were not
     * discovered yet do not count.
     *
     * @return whether all splits are durable
     */
    public boolean quiet() {
        return open.values().stream().allMatch(entry -> entry.pending.isEmpty() && entry.tentative.isEmpty());
    }

    /** Forgets deltas that were begun, because reading goes on from elsewhere; nothing may be {@link #quiet under way}. */
    public void clear() {
        open.clear();
        counts.clear();
        unfinishedSplits = 0;
    }

    private void keepIfOpen(TrackedDelta entry) {
        PartitionRef partition = entry.delta.partition();
        if (entry.read() && entry.tentative.isEmpty()) {
            if (open.remove(entry.delta.text()) != null) {
                Counts known = counts.computeIfAbsent(partition, key -> new Counts());
                known.deltas--;
                if (known.deltas == 0 && known.unfinishedSplits == 0) {
                    counts.remove(partition);
                }
            }
        } else if (open.put(entry.delta.text(), entry) == null) {
            counts.computeIfAbsent(partition, key -> new Counts()).deltas++;
        }
    }

    private void countUnfinished(TrackedDelta entry, int splits) {
        unfinishedSplits += splits;
        counts.computeIfAbsent(entry.delta.partition(), key -> new Counts()).unfinishedSplits += splits;
    }

    /** What is held of one partition. */
    private static final class Counts {
        int deltas;
        int unfinishedSplits;
    }
}
