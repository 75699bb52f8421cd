package io.deltacat.flink.source.feed;

import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * One answer of a {@link DeltaFeed}. Immutable.
 *
 * @param slices newly visible deltas; ordered deltas of one partition in position order
 * @param next the cursor that covers them; pass it to the next poll
 * @param caughtUp whether nothing more was visible when the feed looked
 * @param events changes of the table's past that were got over
 */
@Internal
public record FeedPage(List<DeltaSlice> slices, FeedCursor next, boolean caughtUp, List<HistoryEvent> events) {
    /** Copies the lists. */
    public FeedPage {
        slices = List.copyOf(slices);
        events = List.copyOf(events);
        Objects.requireNonNull(next, "next");
    }

    /**
     * Makes a page of a table whose past did not change.
     *
     * @param slices newly visible deltas
     * @param next the cursor that covers them
     * @param caughtUp whether nothing more was visible
     */
    public FeedPage(List<DeltaSlice> slices, FeedCursor next, boolean caughtUp) {
        this(slices, next, caughtUp, List.of());
    }

    /**
     * Counts the files.
     *
     * @return files over all slices
     */
    public int fileCount() {
        return slices.stream().mapToInt(slice -> slice.files().size()).sum();
    }
}
