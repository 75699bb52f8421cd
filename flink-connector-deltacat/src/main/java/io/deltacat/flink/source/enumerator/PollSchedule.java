package io.deltacat.flink.source.enumerator;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.flink.annotation.Internal;

/**
 * Decides when to ask the server again: after the interval when all is well, with growing jittered pauses while it cannot be
 * reached, and not any more when that lasted too long. Confined to the coordinator thread; pure, the time is given.
 */
@Internal
final class PollSchedule {
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

    private final long intervalNanos;
    private final long toleranceNanos;
    private final RandomGenerator random;
    private long nextNanos;
    private boolean scheduled;
    private int failures;
    private long failingSinceNanos;

    /**
     * Starts with a call due at once.
     *
     * @param interval pause after a success, positive
     * @param tolerance how long failures in a row are borne, not negative
     * @param random source of the jitter
     */
    PollSchedule(Duration interval, Duration tolerance, RandomGenerator random) {
        this.intervalNanos = interval.toNanos();
        this.toleranceNanos = tolerance.toNanos();
        this.random = random;
    }

    /** Tells whether the next call is due. */
    boolean due(long nowNanos) {
        return !scheduled || nowNanos - nextNanos >= 0;
    }

    /** Notes a success; the next call is due after the interval. */
    void succeeded(long nowNanos) {
        failures = 0;
        scheduleIn(nowNanos, intervalNanos);
    }

    /** Notes a success after which the next call is due at once. */
    void goOn() {
        failures = 0;
        scheduled = false;
    }

    /**
     * Notes a failure that may pass.
     *
     * @param nowNanos the time
     * @param atLeast pause the server asked for
     * @return whether to try again; the pause is scheduled then
     */
    Verdict failed(long nowNanos, Duration atLeast) {
        if (failures == 0) {
            failingSinceNanos = nowNanos;
        }
        failures++;
        if (nowNanos - failingSinceNanos > toleranceNanos) {
            return Verdict.GIVE_UP;
        }
        int doublings = Math.min(failures - 1, 20);
        long full = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << doublings);
        long jittered = full / 2 + random.nextLong(full / 2 + 1);
        scheduleIn(nowNanos, Math.max(jittered, atLeast.toNanos()));
        return Verdict.TRY_AGAIN;
    }

    /** Returns how long calls have been failing. */
    Duration failingFor(long nowNanos) {
        return failures == 0 ? Duration.ZERO : Duration.ofNanos(nowNanos - failingSinceNanos);
    }

    /** Returns failures in a row. */
    int failures() {
        return failures;
    }

    private void scheduleIn(long nowNanos, long pauseNanos) {
        nextNanos = nowNanos + pauseNanos;
        scheduled = true;
    }

    /** What to do after a failure. */
    enum Verdict {
        /** Another call is scheduled. */
        TRY_AGAIN,
        /** It has failed for longer than tolerated. */
        GIVE_UP
    }
}
