package io.deltacat.client.http;

import java.time.Duration;

/** Time as the client sees it: a monotonic clock, pauses, and jitter. Tests put a virtual one in. Thread-safe. */
public interface Pacing {
    /**
     * Reads the monotonic clock.
     *
     * @return nanoseconds since an arbitrary origin
     */
    long nanoTime();

    /**
     * Waits.
     *
     * @param duration how long
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws IllegalStateException if the client is closed meanwhile
     */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Draws a random number for jitter.
     *
     * @return a number in [0, 1)
     */
    double jitter();
}
