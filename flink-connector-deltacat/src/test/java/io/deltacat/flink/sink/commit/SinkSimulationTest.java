package io.deltacat.flink.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invariants 1 and 2 of the design, for the sink: every file exactly once, no partial checkpoint visible. */
class SinkSimulationTest {
    private static final int MAX_EVENTS = 20_000;
    private static final int FRESH_SEEDS = Integer.getInteger("sim.runs", 300);

    @ParameterizedTest
    @EnumSource(DeltaMode.class)
    void withoutFaultsACheckpointTakesFourRequestsPerTableAtMost(DeltaMode mode) {
        SinkWorld world = calmWorld(mode, number -> Optional.empty(), InMemoryTransactions.Keys.UNFINISHED);

        world.run(MAX_EVENTS);

        assertThat(world.crashes()).isZero();
        assertThat(world.stagings()).isZero();
    }

    @ParameterizedTest
    @EnumSource(DeltaMode.class)
    void everySingleFaultAtEveryRequestLeavesEachFileOnce(DeltaMode mode) {
        SinkWorld undisturbed = calmWorld(mode, number -> Optional.empty(), InMemoryTransactions.Keys.UNFINISHED);
        undisturbed.run(MAX_EVENTS);
        int requests = undisturbed.requests();
        assertThat(requests).isGreaterThan(20);

        for (InMemoryTransactions.Keys keys : InMemoryTransactions.Keys.values()) {
            for (Fault fault : Fault.values()) {
                for (int at = 0; at < requests; at++) {
                    int position = at;
                    calmWorld(mode, number -> number == position ? Optional.of(fault) : Optional.empty(), keys)
                            .run(MAX_EVENTS);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DeltaMode.class)
    void everyPairOfFaultsInOneCommitLeavesEachFileOnce(DeltaMode mode) {
        SinkWorld undisturbed = calmWorld(mode, number -> Optional.empty(), InMemoryTransactions.Keys.UNFINISHED);
        undisturbed.run(MAX_EVENTS);
        int first = undisturbed.requests() / 2;

        for (Fault one : Fault.values()) {
            for (Fault two : Fault.values()) {
                for (int at = first; at < first + 6; at++) {
                    for (int distance = 1; distance < 8; distance++) {
                        int position = at;
                        int second = at + distance;
                        calmWorld(
                                        mode,
                                        number -> number == position
                                                ? Optional.of(one)
                                                : number == second ? Optional.of(two) : Optional.empty(),
                                        InMemoryTransactions.Keys.UNFINISHED)
                                .run(MAX_EVENTS);
                    }
                }
            }
        }
    }

    @Test
    void seededRunsLeaveEachFileOnce() {
        long fixed = Long.getLong("sim.seed", -1L);
        List<Long> seeds = new ArrayList<>();
        if (fixed >= 0) {
            seeds.add(fixed);
        } else {
            for (long seed = 1; seed <= FRESH_SEEDS; seed++) {
                seeds.add(seed);
            }
        }
        int crashes = 0;
        int stagings = 0;
        for (long seed : seeds) {
            SinkWorld world = wildWorld(seed);
            world.run(MAX_EVENTS);
            crashes += world.crashes();
            stagings += world.stagings();
        }
        // A simulation that never gets into trouble proves nothing.
        if (fixed < 0) {
            assertThat(crashes).isGreaterThan(seeds.size() / 2);
            assertThat(stagings).isGreaterThan(seeds.size() / 2);
        }
    }

    @Test
    void theSameSeedRunsTheSameWay() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(wildWorld(seed).run(MAX_EVENTS))
                    .isEqualTo(wildWorld(seed).run(MAX_EVENTS));
        }
    }

    /** The worst for staging again: transactions that expire often, senders that die, requests that arrive late. */
    @ParameterizedTest
    @EnumSource(InMemoryTransactions.Keys.class)
    void attemptsThatNeverMeetDoNotBothSucceed(InMemoryTransactions.Keys keys) {
        int stagings = 0;
        for (long seed = 1; seed <= FRESH_SEEDS; seed++) {
            Sim sim = new Sim(seed);
            RandomGenerator dice = sim.random("faults");
            InMemoryTransactions server = new InMemoryTransactions();
            server.keys(keys);
            IntFunction<Optional<Fault>> faults = number -> number < 400 && dice.nextInt(100) < 20
                    ? Optional.of(dice.nextBoolean() ? Fault.CRASH_LATE : Fault.EXPIRE_AFTER)
                    : Optional.empty();
            SinkWorld world = new SinkWorld(sim, server, faults, DeltaMode.ADD, 60, false);
            world.run(MAX_EVENTS);
            stagings += world.stagings();
        }
        assertThat(stagings).isGreaterThan(FRESH_SEEDS);
    }

    private static SinkWorld calmWorld(
            DeltaMode mode, IntFunction<Optional<Fault>> faults, InMemoryTransactions.Keys keys) {
        InMemoryTransactions server = new InMemoryTransactions();
        server.keys(keys);
        return new SinkWorld(new Sim(7), server, faults, mode, 30, true);
    }

    private static SinkWorld wildWorld(long seed) {
        Sim sim = new Sim(seed);
        RandomGenerator dice = sim.random("faults");
        int percent = 2 + dice.nextInt(20);
        InMemoryTransactions server = new InMemoryTransactions();
        InMemoryTransactions.Keys[] keys = InMemoryTransactions.Keys.values();
        server.keys(keys[dice.nextInt(keys.length)]);
        DeltaMode mode = dice.nextBoolean() ? DeltaMode.APPEND : DeltaMode.ADD;
        IntFunction<Optional<Fault>> faults = number -> number < 400 && dice.nextInt(100) < percent
                ? Optional.of(Fault.values()[dice.nextInt(Fault.values().length)])
                : Optional.empty();
        return new SinkWorld(sim, server, faults, mode, 60, false);
    }
}
