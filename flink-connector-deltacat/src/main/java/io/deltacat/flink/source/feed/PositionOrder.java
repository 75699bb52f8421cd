package io.deltacat.flink.source.feed;

import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.HistoryPolicy;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what a live partition shows goes on where reading stopped: the next ordered delta follows the last one read,
 * and the {@code add} deltas read are still there. Where not, deltas are gone that were not read, or the partition was
 * rewritten in place. Confined to one poll.
 */
@Internal
final class PositionOrder {
    private final String table;
    private final HistoryRules rules;
    private final PageBuilder page;

    PositionOrder(String table, HistoryRules rules, PageBuilder page) {
        this.table = table;
        this.rules = rules;
        this.page = page;
    }

    /**
     * Looks at the next ordered delta before it is offered.
     *
     * @param next the delta
     * @param previous position of the delta before it, or null when the server does not say
     * @return whether to offer it; false when the partition is to be read anew from its start
     */
    boolean follows(DeltaRef next, @Nullable Long previous) {
        long reached = page.orderedPosition(next.partition());
        boolean follows = reached == 0
                || next.position() == reached + 1
                || (previous != null && previous == reached)
                || page.begun(next.partition())
                        .filter(open -> open.delta().equals(next))
                        .isPresent();
        if (follows) {
            return true;
        }
        long lastLost = previous == null ? next.position() - 1 : Math.max(previous, reached);
        String what =
                "Partition %s was read up to position %d, and the next delta is at %d, after %s; deltas %d to %d are gone"
                        .formatted(
                                next.partition(),
                                reached,
                                next.position(),
                                previous == null ? "an unknown one" : previous,
                                reached + 1,
                                lastLost);
        if (rules.onHistoryLost() == HistoryPolicy.FAIL) {
            throw new DeltaCatSourceException.HistoryChanged(
                    "Table %s: %s. Start the job without state from a snapshot, or set 'scan.on-history-lost' to resnapshot or skip."
                            .formatted(table, what));
        }
        page.note(new HistoryEvent(
                HistoryEvent.Kind.LOST,
                next.partition(),
                Math.max(0, lastLost - reached),
                what + "; policy " + rules.onHistoryLost()));
        if (rules.onHistoryLost() == HistoryPolicy.RESNAPSHOT) {
            page.reset(next.partition(), PartitionCursor.START);
            return false;
        }
        return true;
    }

    /**
     * Looks at the {@code add} deltas that are listed.
     *
     * @param partition the partition
     * @param read those that were read
     * @param listed those of them that are still there
     * @return what to do with the partition
     */
    Verdict stillThere(PartitionRef partition, PositionSet read, PositionSet listed) {
        if (listed.size() == read.size()) {
            return Verdict.GO_ON;
        }
        int gone = read.size() - listed.size();
        String what = "Partition %s was rewritten in place: %d of the %d add deltas that were read are gone"
                .formatted(partition, gone, read.size());
        if (rules.onReplace() == HistoryPolicy.FAIL) {
            throw new DeltaCatSourceException.HistoryChanged(
                    "Table %s: %s, so its rows may be in other deltas now. Start the job without state from a snapshot, or set 'scan.on-replace' to resnapshot or skip."
                            .formatted(table, what));
        }
        page.note(new HistoryEvent(HistoryEvent.Kind.REPLACED, partition, 0, what + "; policy " + rules.onReplace()));
        if (rules.onReplace() == HistoryPolicy.RESNAPSHOT) {
            page.reset(partition, PartitionCursor.START);
            return Verdict.READ_ANEW;
        }
        page.reset(partition, new PartitionCursor(page.orderedPosition(partition), listed));
        return Verdict.COVER_NOW;
    }

    /** What to do with a partition. */
    enum Verdict {
        /** Nothing is amiss. */
        GO_ON,
        /** Hand everything out from the start with the next poll. */
        READ_ANEW,
        /** Pass over what is there now. */
        COVER_NOW
    }
}
