package io.deltacat.flink.source.reader;

import io.deltacat.flink.source.feed.EventTimeColumn;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.EventTimeFloor;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/**
 * Decides how far event time has come at one reader: to the earliest row that is still to come, at this reader or in splits
 * that no reader has, as statistics tell. It never passes the latest such bound of any file, since nothing is known of rows
 * that are committed later; a reader without work comes up to there. Until the enumerator speaks of event time, there is none. Confined to the mailbox thread;
 * pure.
 */
@Internal
final class EventTimeProgress {
    private final Map<String, Long> held = new HashMap<>();
    private long floor = EventTimeColumn.UNKNOWN;
    private long latestBound = EventTimeColumn.UNKNOWN;
    private long emitted = EventTimeColumn.UNKNOWN;
    private boolean told;
    private boolean changed;

    /** Starts without splits. */
    EventTimeProgress() {}

    /** Takes in a split that is to be read. */
    void added(DeltaCatSplit split) {
        changed = true;
        held.put(split.splitId(), split.earliestEventTime());
        see(split.earliestEventTime());
    }

    /** Notes that all rows of a split were emitted. */
    void finished(String splitId) {
        changed = true;
        held.remove(splitId);
    }

    /** Takes in what the enumerator knows. */
    void floor(EventTimeFloor news) {
        told = true;
        changed = true;
        floor = news.waiting();
        see(news.latest());
    }

    private void see(long bound) {
        if (bound != EventTimeColumn.NONE) {
            latestBound = Math.max(latestBound, bound);
        }
    }

    /** Tells whether anything is new since the last call; asked for each row, so it costs nothing. */
    boolean changed() {
        boolean news = changed && told;
        changed = changed && !told;
        return news;
    }

    /** Returns the next watermark, in milliseconds, if it is later than the last one. */
    OptionalLong advance() {
        if (!told || floor == EventTimeColumn.UNKNOWN) {
            return OptionalLong.empty();
        }
        long bound = Math.min(floor, latestBound);
        for (long earliest : held.values()) {
            bound = Math.min(bound, earliest);
        }
        if (bound == EventTimeColumn.UNKNOWN || bound - 1 <= emitted) {
            return OptionalLong.empty();
        }
        emitted = bound - 1;
        return OptionalLong.of(emitted);
    }
}
