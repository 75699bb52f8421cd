package io.deltacat.flink.source.enumerator;

import java.util.concurrent.TimeUnit;
import org.apache.flink.annotation.Internal;

/**
 * Limits how many stored bytes are handed to readers in a second, on average: a second's worth may be handed out at once, and
 * a split that is larger makes the next one wait longer. Confined to the coordinator thread; pure, the time is given.
 */
@Internal
final class HandOutRate {
    /** No limit. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private final long bytesPerSecond;
    private double available;
    private long filledNanos;

    /**
     * Starts with a second's worth.
     *
     * @param bytesPerSecond the limit, at least 1, or {@link #UNLIMITED}
     * @param nowNanos the time
     */
    HandOutRate(long bytesPerSecond, long nowNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.available = bytesPerSecond;
        this.filledNanos = nowNanos;
    }

    /** Tells whether anything may be handed out now. */
    boolean allows(long nowNanos) {
        if (bytesPerSecond == UNLIMITED) {
            return true;
        }
        double seconds = (double) (nowNanos - filledNanos) / TimeUnit.SECONDS.toNanos(1);
        available = Math.min(bytesPerSecond, available + seconds * bytesPerSecond);
        filledNanos = nowNanos;
        return available > 0;
    }

    /** Notes what was handed out. */
    void taken(long bytes) {
        available -= bytes;
    }
}
