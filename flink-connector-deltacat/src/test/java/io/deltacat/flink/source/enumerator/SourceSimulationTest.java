package io.deltacat.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.feed.RowReading;
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

    @ParameterizedTest
    @EnumSource(
            value = DiscoveryFeed.class,
            names = {"LISTING", "PLAN"})
    void noRowIsLostOrDoubledAndTheWatermarkFollowsCompletedCheckpoints(DiscoveryFeed feed) {
        seeds().forEach(seed -> simulate(seed, feed, RowReading.INSERTS));
    }

    @ParameterizedTest
    @EnumSource(
            value = DiscoveryFeed.class,
            names = {"LISTING", "PLAN"})
    void theChangesOfAKeyComeInOrder(DiscoveryFeed feed) {
        seeds().forEach(seed -> simulate(seed, feed, RowReading.UPSERTS));
    }

    @Test
    void theSameSeedTakesTheSameCourse() {
        assertThat(simulate(42, DiscoveryFeed.LISTING, RowReading.INSERTS))
                .isEqualTo(simulate(42, DiscoveryFeed.LISTING, RowReading.INSERTS));
    }

    private static LongStream seeds() {
        Long seed = Long.getLong("sim.seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("sim.runs", 200L));
    }

    private static int simulate(long seed, DiscoveryFeed feed, RowReading reading) {
        SourceWorld world = new SourceWorld(seed, feed, ForeignWatermarkPolicy.FAIL, reading);
        try {
            world.run(STEPS);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "Seed %d, feed %s (replay with -Dsim.seed=%d): %s%nlast: %s"
                            .formatted(seed, feed, seed, e.getMessage(), String.join("\n      ", world.lastLabels())),
                    e);
        }
        return world.traceHash();
    }
}
