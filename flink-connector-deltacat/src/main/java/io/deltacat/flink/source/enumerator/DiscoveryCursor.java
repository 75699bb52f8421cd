package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.enumerator.DeltaCatEnumeratorState.Discovery;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.FeedPage;
import io.deltacat.flink.source.feed.Handover;
import io.deltacat.flink.source.feed.PartitionRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.jspecify.annotations.Nullable;

/** How far discovery came, and whether it goes on. Confined to the coordinator thread; pure. */
@Internal
final class DiscoveryCursor {
    private final Boundedness boundedness;
    private @Nullable FeedCursor cursor;
    private Discovery discovery;
    private boolean caughtUp;

    /**
     * Goes on from a state.
     *
     * @param boundedness whether discovery ends
     * @param state a fresh or a restored state
     */
    DiscoveryCursor(Boundedness boundedness, DeltaCatEnumeratorState state) {
        this.boundedness = boundedness;
        this.cursor = state.cursor();
        this.discovery = state.discovery();
    }

    /** Sets the start position, unless there is one. */
    void startAt(FeedCursor start) {
        if (cursor == null) {
            cursor = start;
        }
    }

    /** Starts over from somewhere else. */
    void goBackTo(FeedCursor start) {
        cursor = start;
        discovery = Discovery.GOING_ON;
        caughtUp = false;
    }

    /** Takes in how far a page goes. */
    void discovered(FeedPage page) {
        cursor = page.next();
        caughtUp = page.caughtUp();
        if (boundedness == Boundedness.BOUNDED && page.caughtUp()) {
            discovery = Discovery.COMPLETE;
        }
    }

    /** Forgets ended partitions, each only after those it took the place of. */
    void settle(Predicate<PartitionRef> settled) {
        FeedCursor now = cursor;
        if (now != null && !now.handovers().isEmpty()) {
            cursor = now.settled(settled);
        }
    }

    /** Returns the cursor; empty before the start. */
    Optional<FeedCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** Returns partitions that ended before another may be read on, in the order of changes. */
    List<Handover> handovers() {
        return cursor == null ? List.of() : cursor.handovers();
    }

    /** Returns whether there is more to discover, as a state says it. */
    Discovery state() {
        return discovery;
    }

    /** Tells whether everything of a bounded read is discovered. */
    boolean complete() {
        return discovery == Discovery.COMPLETE;
    }

    /** Tells whether the last look found nothing more. */
    boolean caughtUp() {
        return caughtUp;
    }
}
