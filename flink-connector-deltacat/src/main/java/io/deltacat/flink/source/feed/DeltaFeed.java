package io.deltacat.flink.source.feed;

import org.apache.flink.annotation.Internal;

/**
 * Tells what is new in one table. A feed keeps nothing that matters: everything is in the {@link FeedCursor}, so a new
 * instance with the same cursor goes on where the old one stopped. Not thread-safe; calls may block on the network and are
 * made on one worker thread, never on Flink's coordinator thread.
 */
@Internal
public interface DeltaFeed {
    /**
     * Looks for deltas the cursor does not cover.
     *
     * @param cursor how far discovery has come
     * @param maxSplits how many splits the files handed out may make, at least 1; a delta without files counts as one, and one
     *     file is handed out even if it makes more
     * @return what is new, and the next cursor; each file of each delta is handed out exactly once over a chain of polls
     * @throws io.deltacat.flink.source.DeltaCatSourceException.HistoryChanged when deltas that the cursor does not cover are gone, or rewritten: stop the job
     * @throws io.deltacat.client.DeltaCatException when the server refused or could not be reached: retryable ones are
     *     safe to repeat with the same cursor
     */
    FeedPage poll(FeedCursor cursor, int maxSplits);

    /**
     * Covers all that is visible now without handing it out.
     *
     * @return the cursor after which only later commits are new
     * @throws io.deltacat.client.DeltaCatException when the server refused or could not be reached
     */
    FeedCursor skipToEnd();

    /**
     * Covers all that was visible at a time without handing it out.
     *
     * @param asOfNanos commit time, in nanoseconds since the epoch; the server must still remember it
     * @return the cursor after which only later commits are new
     * @throws io.deltacat.client.DeltaCatException when the server refused or could not be reached
     */
    FeedCursor skipTo(long asOfNanos);
}
