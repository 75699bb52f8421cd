package io.deltacat.flink.source.feed;

import io.deltacat.client.model.PartitionDetail;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.HistoryPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Gets over partitions that were read and are no longer live (protocol/data-plane.md §6.2).
 *
 * <p><b>Compaction</b> puts a new partition in place of an old one, with the marker and {@code previous_partition_id}. The
 * old one is frozen then, and a server that keeps it lists its deltas by id. So what was not read of it yet is handed out
 * from there first; after that the new partition is known up to the rewritten delta and everything carried over: no row
 * twice, none lost, over any number of compactions. <b>Everything else</b> that ends a partition (replace, truncate,
 * rollback, drop) replaced rows that were emitted, and {@link HistoryRules} say what to do.
 *
 * <p>Confined to one poll.
 */
@Internal
final class PartitionChanges {
    private static final int MOST_HOPS = 1_000;

    private final TableAccess table;
    private final DeltaListing listing;
    private final HistoryRules rules;
    private final LivePartitions live;
    private final FilePaths paths;
    private final PageBuilder page;
    private final BiConsumer<PageBuilder, PartitionRef> coverNow;

    /**
     * Prepares for one poll.
     *
     * @param table access to the table
     * @param listing lists deltas
     * @param rules what to do about changes that are no compaction
     * @param live partitions that are live
     * @param paths makes listed urls absolute
     * @param page takes what is handed out
     * @param coverNow covers everything a live partition holds, without handing it out
     */
    PartitionChanges(
            TableAccess table,
            DeltaListing listing,
            HistoryRules rules,
            LivePartitions live,
            FilePaths paths,
            PageBuilder page,
            BiConsumer<PageBuilder, PartitionRef> coverNow) {
        this.table = table;
        this.listing = listing;
        this.rules = rules;
        this.live = live;
        this.paths = paths;
        this.page = page;
        this.coverNow = coverNow;
    }

    /**
     * Settles every known partition that is not live.
     *
     * @return false when the page is full; the next poll goes on
     */
    boolean settle() {
        Set<PartitionRef> knownBefore = new TreeSet<>(page.known());
        page.begun().ifPresent(open -> knownBefore.add(open.delta().partition()));
        if (knownBefore.stream().allMatch(live::contains)) {
            return true;
        }
        resume();
        if (page.full()) {
            return false;
        }
        Deque<PartitionRef> work = new ArrayDeque<>(knownBefore);
        while (!work.isEmpty()) {
            PartitionRef known = work.removeFirst();
            if (live.contains(known)) {
                continue;
            }
            boolean begun = page.begun(known).isPresent();
            if (!begun && page.cursor(known).equals(PartitionCursor.START)) {
                page.forget(known);
                continue;
            }
            Optional<PartitionRef> next = settle(known, knownBefore);
            if (page.full()) {
                return false;
            }
            next.ifPresent(work::addLast);
        }
        return true;
    }

    /** Goes on with the delta inside which the last page ended; there is one at a time, so it comes before all others. */
    private void resume() {
        page.begun().ifPresent(open -> {
            DeltaRef begun = open.delta();
            if (listing.known(begun.partition())) {
                listing.files(begun.partition(), begun.position(), begun.position(), (ref, kind, delta) -> {
                    page.offer(ref, kind, listing.filesOf(paths, ref, delta));
                    return false;
                });
            }
        });
    }

    /** Settles one partition and returns the one that goes on with it. */
    private Optional<PartitionRef> settle(PartitionRef known, Set<PartitionRef> knownBefore) {
        if (!known.streamId().equals(live.streamId())) {
            replaced(known, null, knownBefore, "its data was replaced by stream '" + live.streamId() + "'");
            return Optional.empty();
        }
        Optional<PartitionDetail> ended = table.partition(known);
        Optional<PartitionRef> successor = successorOf(known, ended);
        if (successor.isEmpty()) {
            replaced(known, null, knownBefore, "it is gone from stream '" + live.streamId() + "'");
            return Optional.empty();
        }
        PartitionRef next = successor.get();
        Optional<CompactionMarker> marker =
                table.partition(next).flatMap(detail -> CompactionMarker.of(detail.compactionRoundCompletionInfo()));
        if (marker.isEmpty()) {
            replaced(known, next, knownBefore, "its data was replaced by partition '" + next.partitionId() + "'");
            return Optional.of(next);
        }
        if (marker.get().position().isEmpty() || !listing.known(known)) {
            lost(
                    known,
                    next,
                    marker.get().position().orElse(0),
                    marker.get().position().isEmpty()
                            ? "the compaction that made it partition '%s' does not say up to which position"
                                    .formatted(next.partitionId())
                            : "it was compacted into partition '%s', and the server does not list it any more"
                                    .formatted(next.partitionId()));
            return Optional.of(next);
        }
        if (drain(known)) {
            compacted(known, next, marker.get().position().getAsLong());
        }
        return Optional.of(next);
    }

    /** Hands out what was not read of a partition that ended. Returns false when the page is full. */
    private boolean drain(PartitionRef ended) {
        listing.ordered(
                ended,
                page.orderedPosition(ended),
                page.budget(),
                (ref, kind, delta) -> !kind.ordered() || page.offer(ref, kind, listing.filesOf(paths, ref, delta)));
        if (!page.full()) {
            PositionSet read = page.cursor(ended).adds();
            listing.files(
                    ended,
                    DeltaRef.LAST_ORDERED_POSITION + 1,
                    Long.MAX_VALUE,
                    (ref, kind, delta) ->
                            read.contains(ref.position()) || page.offer(ref, kind, listing.filesOf(paths, ref, delta)));
        }
        return !page.full();
    }

    private void compacted(PartitionRef from, PartitionRef to, long position) {
        PartitionCursor read = page.cursor(from);
        List<Long> carriedOver = new ArrayList<>();
        listing.addHeaders(to, (ref, kind, delta) -> {
            if (read.adds().contains(ref.position())) {
                carriedOver.add(ref.position());
            }
            return true;
        });
        page.handOver(
                from,
                to,
                new PartitionCursor(
                        Math.max(position, read.orderedPosition()),
                        PositionSet.empty().with(carriedOver)));
        page.note(new HistoryEvent(
                HistoryEvent.Kind.COMPACTED,
                from,
                0,
                "Partition %s was compacted into '%s' at position %d after it was read up to position %d"
                        .formatted(from, to.partitionId(), position, read.orderedPosition())));
    }

    private void replaced(
            PartitionRef known, @Nullable PartitionRef successor, Set<PartitionRef> knownBefore, String what) {
        long position = page.cursor(known).orderedPosition();
        if (rules.onReplace() == HistoryPolicy.FAIL) {
            throw new DeltaCatSourceException.HistoryChanged(
                    "Table %s: partition %s was read up to position %d, and %s. Start the job without state from a snapshot, or set 'scan.on-replace' to resnapshot or skip."
                            .formatted(table.tableName(), known, position, what));
        }
        page.retire(known, successor);
        if (rules.onReplace() == HistoryPolicy.SKIP) {
            if (successor != null) {
                coverNow.accept(page, successor);
            } else if (!known.streamId().equals(live.streamId())) {
                live.partitions().keySet().stream()
                        .filter(partition -> !knownBefore.contains(partition))
                        .forEach(partition -> coverNow.accept(page, partition));
            }
        }
        page.note(new HistoryEvent(
                HistoryEvent.Kind.REPLACED,
                known,
                0,
                "Partition %s was read up to position %d, and %s; policy %s"
                        .formatted(known, position, what, rules.onReplace())));
    }

    private void lost(PartitionRef known, PartitionRef successor, long upTo, String why) {
        long position = page.cursor(known).orderedPosition();
        if (rules.onHistoryLost() == HistoryPolicy.FAIL) {
            throw new DeltaCatSourceException.HistoryChanged(
                    "Table %s: partition %s was read up to position %d; what followed cannot be told, because %s. Start the job without state from a snapshot, or set 'scan.on-history-lost' to resnapshot or skip."
                            .formatted(table.tableName(), known, position, why));
        }
        page.retire(known, successor);
        if (rules.onHistoryLost() == HistoryPolicy.SKIP) {
            coverNow.accept(page, successor);
        }
        page.note(new HistoryEvent(
                HistoryEvent.Kind.LOST,
                known,
                Math.max(0, upTo - position),
                "Partition %s was read up to position %d; deltas up to position %d may be lost, because %s; policy %s"
                        .formatted(known, position, upTo, why, rules.onHistoryLost())));
    }

    /** Finds the partition that directly followed one that ended, by walking back from the live ones. */
    private Optional<PartitionRef> successorOf(PartitionRef known, Optional<PartitionDetail> ended) {
        for (Map.Entry<PartitionRef, PartitionSummary> candidate :
                live.partitions().entrySet()) {
            boolean sameValues = ended.isEmpty()
                    || Objects.equals(
                            candidate.getValue().partitionValues(), ended.get().partitionValues());
            if (!sameValues) {
                continue;
            }
            PartitionRef later = candidate.getKey();
            String before = candidate.getValue().previousPartitionId();
            for (int hop = 0; before != null && hop < MOST_HOPS; hop++) {
                if (before.equals(known.partitionId())) {
                    return Optional.of(later);
                }
                later = new PartitionRef(known.streamId(), before);
                before = table.partition(later)
                        .map(PartitionDetail::previousPartitionId)
                        .orElse(null);
            }
        }
        return Optional.empty();
    }
}
