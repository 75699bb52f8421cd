package io.deltacat.flink.sink.commit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.annotation.Internal;

/** The machine's clock; waiting blocks the calling thread. Stateless. */
@Internal
public final class SystemPauses implements Pauses {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public double jitter() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
