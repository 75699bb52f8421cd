package io.deltacat.server.service;

import io.deltacat.server.data.DataRoots;
import io.deltacat.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What every use case works with. Immutable; all parts are thread-safe.
 *
 * @param store the metadata
 * @param roots where data files live
 * @param clock the time
 * @param random source of ids and unordered positions; used under its own lock
 * @param catalog name of the catalog
 * @param sessionTimeToLive life of a session without heartbeat
 * @param transactionTimeToLive life of a transaction without heartbeat
 */
public record ServiceContext(
        Store store,
        DataRoots roots,
        InstantSource clock,
        RandomGenerator random,
        String catalog,
        Duration sessionTimeToLive,
        Duration transactionTimeToLive) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The time in nanoseconds since the epoch. */
    public long nowNanos() {
        Instant now = clock.instant();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), NANOS_PER_SECOND), now.getNano());
    }

    /** A new random id in UUID form. */
    public String newId() {
        synchronized (random) {
            long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
            long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            return new UUID(high, low).toString();
        }
    }
}
