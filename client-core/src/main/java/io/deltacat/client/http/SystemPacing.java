package io.deltacat.client.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The machine's clock; {@link #close()} wakes everyone who waits. */
public final class SystemPacing implements Pacing, AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("DeltaCatClient was closed while a call was waiting for its next attempt");
        }
    }

    @Override
    public double jitter() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
