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
 */
@Internal
public record FeedPage(List<DeltaSlice> slices, FeedCursor next, boolean caughtUp) {
    /** Copies the slices. */
    public FeedPage {
        slices = List.copyOf(slices);
        Objects.requireNonNull(next, "next");
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
