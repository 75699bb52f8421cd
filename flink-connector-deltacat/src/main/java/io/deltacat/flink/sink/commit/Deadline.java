package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * Spaces the attempts of one unit of work: pauses double from 50 ms to 5 s, a quarter of each is random, and no pause ends
 * after the time allowed. Confined to one thread.
 */
@Internal
final class Deadline {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Pauses pauses;
    private final Duration allowed;
    private final long startNanos;
    private int pausesMade;

    Deadline(Pauses pauses, Duration allowed) {
        this.pauses = requireNonNull(pauses, "pauses");
        this.allowed = requireNonNull(allowed, "allowed");
        this.startNanos = pauses.nanoTime();
    }

    /**
     * Waits before another attempt.
     *
     * @param atLeast pause that the server asked for, zero if none
     * @return false if the time is used up; nothing was waited for then
     * @throws InterruptedException if the task is cancelled meanwhile
     */
    boolean pauseForNext(Duration atLeast) throws InterruptedException {
        Duration bound = FIRST.multipliedBy(1L << Math.min(pausesMade, 20));
        if (bound.compareTo(LONGEST) > 0) {
            bound = LONGEST;
        }
        long nanos = Math.max(atLeast.toNanos(), (long) (bound.toNanos() * (0.75 + 0.25 * pauses.jitter())));
        if (elapsed().plusNanos(nanos).compareTo(allowed) > 0) {
            return false;
        }
        pausesMade++;
        pauses.pause(Duration.ofNanos(nanos));
        return true;
    }

    /**
     * Measures the work so far.
     *
     * @return time since this object was made
     */
    Duration elapsed() {
        return Duration.ofNanos(pauses.nanoTime() - startNanos);
    }
}
