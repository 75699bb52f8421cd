package io.deltacat.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.feed.RowReading;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Enumerator, readers and acknowledgements under random failures, losses and restores. Replay one seed with
 * {@code -Dsim.seed=N}, run more with {@code -Dsim.runs=N}.
 */
class SourceSimulationTest {
    private static final int STEPS = 500;
    private static final AtomicInteger REDRIVES = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(
            value = DiscoveryFeed.class,
            names = {"LISTING", "PLAN"})
    void noRowIsLostOrDoubledAndTheWatermarkFollowsCompletedCheckpoints(DiscoveryFeed feed) {
        seeds().forEach(seed -> simulate(seed, feed, RowReading.INSERTS, false));
    }

    @ParameterizedTest
    @EnumSource(
            value = DiscoveryFeed.class,
            names = {"LISTING", "PLAN"})
    void theChangesOfAKeyComeInOrder(DiscoveryFeed feed) {
        seeds().forEach(seed -> simulate(seed, feed, RowReading.UPSERTS, false));
    }

    @ParameterizedTest
    @EnumSource(
            value = RowReading.class,
            names = {"INSERTS", "UPSERTS"})
    void rowsBehindAWatermarkThatWasMovedBackComeOnceMore(RowReading reading) {
        int before = REDRIVES.get();
        seeds().forEach(seed -> simulate(seed, DiscoveryFeed.LISTING, reading, true));
        assertThat(REDRIVES.get() - before).isGreaterThan(20);
    }

    @Test
    void theSameSeedTakesTheSameCourse() {
        assertThat(simulate(42, DiscoveryFeed.LISTING, RowReading.INSERTS, false))
                .isEqualTo(simulate(42, DiscoveryFeed.LISTING, RowReading.INSERTS, false));
    }

    private static LongStream seeds() {
        Long seed = Long.getLong("sim.seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("sim.runs", 200L));
    }

    private static int simulate(long seed, DiscoveryFeed feed, RowReading reading, boolean withRedrives) {
        SourceWorld world = new SourceWorld(seed, feed, ForeignWatermarkPolicy.FAIL, reading, withRedrives);
        try {
            world.run(STEPS);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "Seed %d, feed %s (replay with -Dsim.seed=%d): %s%nlast: %s"
                            .formatted(seed, feed, seed, e.getMessage(), String.join("\n      ", world.lastLabels())),
                    e);
        }
        REDRIVES.addAndGet(world.redrives());
        return world.traceHash();
    }
}
