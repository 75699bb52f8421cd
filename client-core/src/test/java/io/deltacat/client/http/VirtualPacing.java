package io.deltacat.client.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only by pauses; jitter is always one half. Confined to one thread. */
public final class VirtualPacing implements Pacing {
    private long nanos;
    private final List<Duration> pauses = new ArrayList<>();
    private int interruptAtPause = -1;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (pauses.size() == interruptAtPause) {
            throw new InterruptedException();
        }
        pauses.add(duration);
        nanos += duration.toNanos();
    }

    @Override
    public double jitter() {
        return 0.5;
    }

    public void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    public void interruptAtPause(int index) {
        interruptAtPause = index;
    }

    public List<Duration> pauses() {
        return pauses;
    }
}
