package io.deltacat.server.store.sqlite;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Hands out commit times and keeps reads of the past repeatable. Thread-safe. Commit times strictly increase, also over restarts
 * and when the wall clock steps back; a time that was read is never committed at afterwards.
 */
final class CommitClock {
    private static final long NOTHING_IN_FLIGHT = Long.MAX_VALUE;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final InstantSource clock;
    private long last;
    private long earliestInFlight = NOTHING_IN_FLIGHT;

    CommitClock(InstantSource clock, long lastCommitTime) {
        this.clock = clock;
        this.last = lastCommitTime;
    }

    /** The next commit time; counts as in flight until {@link #settled}. */
    synchronized long next() {
        Instant now = clock.instant();
        long wall = Math.addExact(Math.multiplyExact(now.getEpochSecond(), NANOS_PER_SECOND), now.getNano());
        last = Math.max(wall, last + 1);
        earliestInFlight = Math.min(earliestInFlight, last);
        return last;
    }

    /** All commit times handed out so far are durable or given up. */
    synchronized void settled() {
        earliestInFlight = NOTHING_IN_FLIGHT;
        notifyAll();
    }

    /** Waits until no commit before a time is under way, and keeps later commits from getting a time before it. */
    synchronized void awaitSettled(long before) throws InterruptedException {
        last = Math.max(last, before - 1);
        while (earliestInFlight < before) {
            wait();
        }
    }
}
