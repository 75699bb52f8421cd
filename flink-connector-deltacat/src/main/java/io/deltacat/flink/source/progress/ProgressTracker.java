package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.DeltaSlice;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.split.SplitId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, Entry> open = new LinkedHashMap<>();
    private int unfinishedSplits;

    /** Starts without open deltas. */
    public ProgressTracker() {}

    /**
     * Goes on from a checkpoint.
     *
     * @param restored the open deltas it held
     */
    public ProgressTracker(Collection<OpenDelta> restored) {
        for (OpenDelta delta : restored) {
            Entry entry = new Entry(delta.delta(), delta.kind());
            entry.splits = delta.splits();
            entry.complete = delta.complete();
            delta.pending().forEach(entry.pending::set);
            unfinishedSplits += delta.pending().size();
            keepIfOpen(entry);
        }
    }

    /**
     * Takes in newly discovered files.
     *
     * @param slice the files
     * @param splitCount number of splits they were cut into
     * @return ordinal in the delta of the first of these splits
     */
    public int discovered(DeltaSlice slice, int splitCount) {
        Entry entry = open.computeIfAbsent(slice.delta().text(), key -> new Entry(slice.delta(), slice.kind()));
        int first = entry.splits;
        entry.splits = Math.addExact(first, splitCount);
        entry.pending.set(first, entry.splits);
        unfinishedSplits += splitCount;
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
        Entry entry = open.get(split.deltaText());
        if (entry == null || !entry.pending.get(split.ordinal())) {
            return false;
        }
        entry.pending.clear(split.ordinal());
        entry.tentative.set(split.ordinal());
        unfinishedSplits--;
        return true;
    }

    /**
     * Takes a finish back, because the reader that said it went back to an earlier checkpoint.
     *
     * @param split the split
     */
    public void reopen(SplitId split) {
        Entry entry = open.get(split.deltaText());
        if (entry != null && entry.tentative.get(split.ordinal())) {
            entry.tentative.clear(split.ordinal());
            entry.pending.set(split.ordinal());
            unfinishedSplits++;
        }
    }

    /**
     * Makes a finish final, because a checkpoint that covers it completed.
     *
     * @param split the split
     */
    public void durable(SplitId split) {
        Entry entry = open.get(split.deltaText());
        if (entry != null) {
            entry.tentative.clear(split.ordinal());
            keepIfOpen(entry);
        }
    }

    /**
     * Returns what is read completely, if a checkpoint taken now completes.
     *
     * @param cursor how far discovery has come; of a pinned snapshot only what was known before counts until it is paged to
     *     its end, since its deltas come in no particular order
     * @return the contiguous prefix of each partition, and the add deltas read
     */
    public Progress progress(FeedCursor cursor) {
        SortedMap<PartitionRef, PartitionCursor> discovered =
                cursor.pinnedSnapshot().map(snapshot -> snapshot.base()).orElse(cursor.partitions());
        Map<PartitionRef, Long> lowestUnread = new TreeMap<>();
        Map<PartitionRef, SortedSet<Long>> unreadAdds = new TreeMap<>();
        for (Entry entry : open.values()) {
            if (entry.read()) {
                continue;
            }
            PartitionRef partition = entry.delta.partition();
            if (entry.kind.ordered()) {
                lowestUnread.merge(partition, entry.delta.position(), Math::min);
            } else {
                unreadAdds.computeIfAbsent(partition, key -> new TreeSet<>()).add(entry.delta.position());
            }
        }
        SortedMap<PartitionRef, PartitionCursor> read = new TreeMap<>();
        discovered.forEach((partition, known) -> {
            long before = lowestUnread.getOrDefault(partition, Long.MAX_VALUE) - 1;
            SortedSet<Long> unread = unreadAdds.getOrDefault(partition, new TreeSet<>());
            read.put(
                    partition,
                    new PartitionCursor(
                            Math.min(known.orderedPosition(), before),
                            unread.isEmpty()
                                    ? known.adds()
                                    : known.adds().filter(position -> !unread.contains(position))));
        });
        return new Progress(read);
    }

    /**
     * Returns the deltas to keep in a checkpoint taken now: those with unfinished splits or undiscovered files.
     *
     * @return a copy, in order of discovery
     */
    public List<OpenDelta> snapshot() {
        List<OpenDelta> state = new ArrayList<>();
        for (Entry entry : open.values()) {
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
        return unfinishedSplits == 0 && open.values().stream().allMatch(Entry::read);
    }

    /**
     * Returns how many deltas are held.
     *
     * @return deltas that are unread, or read but not durable
     */
    public int heldDeltas() {
        return open.size();
    }

    private void keepIfOpen(Entry entry) {
        if (entry.read() && entry.tentative.isEmpty()) {
            open.remove(entry.delta.text());
        } else {
            open.put(entry.delta.text(), entry);
        }
    }

    /** One delta; {@code pending} and {@code tentative} are disjoint, durable splits are in neither. */
    private static final class Entry {
        final DeltaRef delta;
        final DeltaKind kind;
        final BitSet pending = new BitSet();
        final BitSet tentative = new BitSet();
        int splits;
        boolean complete;

        Entry(DeltaRef delta, DeltaKind kind) {
            this.delta = delta;
            this.kind = kind;
        }

        boolean read() {
            return complete && pending.isEmpty();
        }
    }
}
