package io.deltacat.flink.sink.commit;

import java.time.Duration;
import org.apache.flink.annotation.Internal;

/** Time as a retrying loop needs it: a clock that only counts, and waiting. Tests have a version in virtual time. */
@Internal
public interface Pauses {
    /**
     * Reads the clock.
     *
     * @return nanoseconds since an arbitrary moment
     */
    long nanoTime();

    /**
     * Draws a number to spread retries of several sinks.
     *
     * @return number in [0, 1)
     */
    double jitter();

    /**
     * Waits.
     *
     * @param duration time to wait
     * @throws InterruptedException if the task is cancelled meanwhile; callers stop at once
     */
    void pause(Duration duration) throws InterruptedException;
}
