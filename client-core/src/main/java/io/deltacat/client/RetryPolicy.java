package io.deltacat.client;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a request is sent again: exponential pauses with equal jitter (half of the pause is fixed, half
 * is random), the server's {@code Retry-After} as a floor, bounded in attempts and in time. Pure: it knows no clock and
 * draws no numbers. Only reads and writes that carry a key are ever offered to it. Immutable.
 *
 * @param maxAttempts attempts in all, at least 1; 1 means that nothing is retried
 * @param firstPause upper bound of the first pause, positive
 * @param maxPause upper bound of any computed pause, at least {@code firstPause}; a longer {@code Retry-After} holds
 * @param maxElapsed no attempt starts later than this after the first one
 */
public record RetryPolicy(int maxAttempts, Duration firstPause, Duration maxPause, Duration maxElapsed)
        implements Serializable {
    /** Four attempts, pauses of 0.5 s to 8 s, one minute in all: what the Python client does. */
    public static final RetryPolicy STANDARD =
            new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(60));

    /** Every request is sent once. */
    public static final RetryPolicy NONE =
            new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the option, if one is out of range
     */
    public RetryPolicy {
        require(maxAttempts >= 1, "maxAttempts", maxAttempts, "at least 1");
        require(isPositive(requireNonNull(firstPause, "firstPause")), "firstPause", firstPause, "a positive duration");
        require(
                requireNonNull(maxPause, "maxPause").compareTo(firstPause) >= 0,
                "maxPause",
                maxPause,
                "at least firstPause " + firstPause);
        require(isPositive(requireNonNull(maxElapsed, "maxElapsed")), "maxElapsed", maxElapsed, "a positive duration");
    }

    /**
     * Decides after a failed attempt.
     *
     * @param attemptsMade attempts so far, at least 1
     * @param elapsed time since the first attempt began
     * @param retryAfter the server's wish, or null
     * @param jitter random number in [0, 1)
     * @return again after a pause, or give up with the reason
     */
    public RetryDecision afterFailure(
            int attemptsMade, Duration elapsed, @Nullable Duration retryAfter, double jitter) {
        if (attemptsMade >= maxAttempts) {
            return new RetryDecision.GiveUp("all " + maxAttempts + " attempts were used");
        }
        Duration pause = pause(attemptsMade, jitter);
        if (retryAfter != null && retryAfter.compareTo(pause) > 0) {
            pause = retryAfter;
        }
        if (elapsed.plus(pause).compareTo(maxElapsed) > 0) {
            return new RetryDecision.GiveUp("the next attempt would start later than " + maxElapsed);
        }
        return new RetryDecision.Again(pause);
    }

    /**
     * Computes the pause after an attempt, without a server's wish.
     *
     * @param attemptsMade attempts so far, at least 1
     * @param jitter random number in [0, 1)
     * @return between half of and the whole exponential bound
     */
    public Duration pause(int attemptsMade, double jitter) {
        int doublings = Math.min(Math.max(attemptsMade, 1) - 1, 30);
        long boundNanos = maxPause.toNanos();
        if (firstPause.toNanos() <= boundNanos >> doublings) {
            boundNanos = firstPause.toNanos() << doublings;
        }
        long half = boundNanos / 2;
        return Duration.ofNanos(half + (long) (half * jitter));
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String option, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("Retry policy: " + option + " is " + value + "; expected " + expected
                    + ". Fix the value or use RetryPolicy.STANDARD.");
        }
    }
}
