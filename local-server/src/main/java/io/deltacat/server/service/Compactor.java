package io.deltacat.server.service;

import io.deltacat.server.store.PartitionChange;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts partitions in the background, one after the other on one thread: those that somebody asked for, and those whose counters
 * reached their triggers since it last looked. A partition that fails is tried again later and later. Thread-safe.
 */
public final class Compactor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
    private static final int LONGEST_QUEUE = 10_000;
    private static final int CHANGE_PAGE = 5_000;
    private static final int MOST_FAILURES = 1_000;
    private static final long LOOK_MILLIS = 500;
    private static final long FIRST_RETRY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LAST_RETRY_NANOS = Duration.ofHours(1).toNanos();
    private static final long CLOSE_MILLIS = 30_000;
    private static final Long WAKE_UP = -1L;

    private final ServiceContext context;
    private final boolean byCounters;
    private final CompactionRound round;
    private final LinkedBlockingQueue<Long> asked = new LinkedBlockingQueue<>(LONGEST_QUEUE);
    private final Map<Long, Failure> failures = new HashMap<>();
    private final Thread thread;
    private PartitionChange seen = PartitionChange.NONE;
    private volatile boolean closed;

    /**
     * A compactor that does not run yet.
     *
     * @param context what it works with
     * @param byCounters whether it looks for partitions itself; else it does what it is asked for
     */
    public Compactor(ServiceContext context, boolean byCounters) {
        this.context = context;
        this.byCounters = byCounters;
        this.round = new CompactionRound(context, () -> closed);
        this.thread = new Thread(this::run, "deltacat-compactor");
        this.thread.setDaemon(true);
        this.thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    /**
     * Asks for a partition.
     *
     * @param partitionKey the partition
     * @return false if too many wait already
     */
    boolean ask(long partitionKey) {
        return asked.offer(partitionKey);
    }

    private void run() {
        while (!closed) {
            try {
                Long key = asked.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (key != null && !key.equals(WAKE_UP)) {
                    failures.remove(key);
                    compact(key, true);
                } else if (byCounters) {
                    lookAround();
                }
            } catch (InterruptedException e) {
                closed = true;
            } catch (StoreUnavailableException e) {
                LOG.debug("compaction could not look: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("compaction could not look; it tries again", e);
            }
        }
    }

    private void lookAround() {
        boolean more = true;
        while (more && !closed && asked.isEmpty()) {
            List<PartitionChange> changes = context.store()
                    .read(Snapshot.latest(), view -> view.deltas().changes(seen, CHANGE_PAGE));
            Set<Long> keys = new LinkedHashSet<>();
            for (PartitionChange change : changes) {
                keys.add(change.partitionKey());
            }
            for (long key : keys) {
                if (!closed && !failures.containsKey(key)) {
                    compact(key, false);
                }
            }
            if (!changes.isEmpty() && !closed) {
                seen = changes.get(changes.size() - 1);
            }
            more = changes.size() == CHANGE_PAGE;
        }
        long now = System.nanoTime();
        List<Long> again = new ArrayList<>();
        failures.forEach((key, failure) -> {
            if (now - failure.retryAt >= 0) {
                again.add(key);
            }
        });
        for (long key : again) {
            if (!closed) {
                compact(key, false);
            }
        }
    }

    private void compact(long key, boolean wanted) {
        try {
            round.run(key, wanted);
            failures.remove(key);
        } catch (IOException | RuntimeException e) {
            if (closed) {
                return;
            }
            Failure before = failures.get(key);
            if (before != null || failures.size() < MOST_FAILURES) {
                Failure now = Failure.after(before);
                failures.put(key, now);
                LOG.warn(
                        "compaction=failed partition_key={} retry_seconds={}",
                        key,
                        TimeUnit.NANOSECONDS.toSeconds(now.pause),
                        e);
            }
        }
    }

    /** Gives the round under way up and ends. Idempotent. */
    @Override
    public void close() {
        closed = true;
        boolean woken = asked.offer(WAKE_UP);
        try {
            if (thread.isAlive()) {
                thread.join(woken ? CLOSE_MILLIS : CLOSE_MILLIS + LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Failure(long pause, long retryAt) {
        static Failure after(@Nullable Failure before) {
            long pause = before == null ? FIRST_RETRY_NANOS : Math.min(LAST_RETRY_NANOS, before.pause * 2);
            return new Failure(pause, System.nanoTime() + pause);
        }
    }
}
