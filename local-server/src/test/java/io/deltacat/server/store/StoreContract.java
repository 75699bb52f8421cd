package io.deltacat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.model.DeltaType;
import io.deltacat.server.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Store} must do. */
abstract class StoreContract {
    protected final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Store store;

    /** Opens the store, with what an earlier call left in it. */
    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void whatWasWrittenIsReadAndSurvivesReopening() {
        addNamespace("a");
        store.close();
        store = open();
        assertThat(namespaces(Snapshot.latest())).containsExactly("a");
    }

    @Test
    void commitTimesStrictlyIncreaseEvenWhenTheClockStandsStill() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            times.add(store.write(WriteUnit::commitTime));
        }
        store.close();
        clock.advance(Duration.ofDays(-1));
        store = open();
        times.add(store.write(WriteUnit::commitTime));
        assertThat(times).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void keysAreNeverUsedTwice() {
        long before = store.write(WriteUnit::newKey);
        store.close();
        store = open();
        assertThat(store.write(WriteUnit::newKey)).isGreaterThan(before);
    }

    @Test
    void aFailedChangeLeavesNothingBehind() {
        assertThatThrownBy(() -> store.write(unit -> {
                    unit.catalog().addNamespace("half", Map.of(), "");
                    throw new IllegalArgumentException("changed my mind");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("changed my mind");
        assertThat(namespaces(Snapshot.latest())).isEmpty();
    }

    @Test
    void aFailedChangeTakesNoOtherChangeOfItsGroupWithIt() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < writers * 10; i++) {
            int number = i;
            done.add(threads.submit(() -> {
                together.await();
                try {
                    return store.write(unit -> {
                        unit.catalog().addNamespace("n" + number, Map.of(), "");
                        if (number % 3 == 0) {
                            throw new IllegalArgumentException("no");
                        }
                        return true;
                    });
                } catch (IllegalArgumentException e) {
                    return false;
                }
            }));
        }
        together.countDown();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < done.size(); i++) {
            boolean written = done.get(i).get(30, TimeUnit.SECONDS);
            assertThat(written).isEqualTo(i % 3 != 0);
            if (written) {
                expected.add("n" + i);
            }
        }
        threads.shutdown();
        assertThat(namespaces(Snapshot.latest())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void historyStaysReadable() {
        long first = addNamespace("a");
        long second = addNamespace("b");
        long removed = store.write(unit -> {
            NamespaceRow row =
                    unit.view(Snapshot.latest()).catalog().namespace("a").orElseThrow();
            unit.catalog().removeNamespace(row, "");
            return unit.commitTime();
        });
        assertThat(namespaces(Snapshot.before(first))).isEmpty();
        assertThat(namespaces(Snapshot.before(second))).containsExactly("a");
        assertThat(namespaces(Snapshot.before(removed))).containsExactly("a", "b");
        assertThat(namespaces(Snapshot.before(removed + 1))).containsExactly("b");
        assertThat(namespaces(Snapshot.latest())).containsExactly("b");
    }

    @Test
    void aTimeThatWasReadNeverGetsAnotherCommit() {
        addNamespace("a");
        long time = clock.nanos() + 1_000;
        assertThat(namespaces(Snapshot.before(time))).containsExactly("a");
        long commit = addNamespace("b");
        assertThat(commit).isGreaterThanOrEqualTo(time);
        assertThat(namespaces(Snapshot.before(time))).containsExactly("a");
    }

    @Test
    void thePinnedTimeOfALatestReadReadsTheSameForEver() {
        addNamespace("a");
        Snapshot pinned = store.read(Snapshot.latest(), ReadView::pinned);
        addNamespace("b");
        assertThat(namespaces(pinned)).containsExactly("a");
    }

    @Test
    void pendingChangesAreSeenByTheirTransactionOnlyUntilPublished() {
        addNamespace("old");
        store.write(unit -> {
            unit.catalog().addNamespace("new", Map.of(), "tx");
            NamespaceRow old =
                    unit.view(Snapshot.latest()).catalog().namespace("old").orElseThrow();
            return unit.catalog().removeNamespace(old, "tx");
        });
        assertThat(namespaces(Snapshot.latest())).containsExactly("old");
        assertThat(namespaces(Snapshot.latest().withTransaction("tx"))).containsExactly("new");
        long before = store.read(Snapshot.latest(), ReadView::pinned).before();
        store.write(unit -> {
            unit.catalog().publish("tx");
            return true;
        });
        assertThat(namespaces(Snapshot.latest())).containsExactly("new");
        assertThat(namespaces(Snapshot.before(before))).containsExactly("old");
    }

    @Test
    void discardedChangesNeverWere() {
        addNamespace("old");
        store.write(unit -> {
            unit.catalog().addNamespace("new", Map.of(), "tx");
            NamespaceRow old =
                    unit.view(Snapshot.latest()).catalog().namespace("old").orElseThrow();
            unit.catalog().removeNamespace(old, "tx");
            return true;
        });
        store.write(unit -> {
            unit.catalog().discard("tx");
            return true;
        });
        assertThat(namespaces(Snapshot.latest().withTransaction("tx"))).containsExactly("old");
    }

    @Test
    void twoTransactionsCannotRemoveTheSameThing() {
        addNamespace("a");
        NamespaceRow row = store.read(
                Snapshot.latest(), view -> view.catalog().namespace("a").orElseThrow());
        boolean first = store.write(unit -> unit.catalog().removeNamespace(row, "tx1"));
        boolean second = store.write(unit -> unit.catalog().removeNamespace(row, "tx2"));
        assertThat(first).isTrue();
        assertThat(second).isFalse();
    }

    @Test
    void deltasAreListedByPositionAndByCommit() {
        long partition = addPartition();
        addDelta(partition, 1, 1L);
        addDelta(partition, 1L << 40, null);
        addDelta(partition, 2, 2L);
        assertThat(positions(store.read(
                        Snapshot.latest(), view -> view.deltas().deltasByPosition(partition, 0, Long.MAX_VALUE, 10))))
                .containsExactly(1L, 2L, 1L << 40);
        assertThat(positions(
                        store.read(Snapshot.latest(), view -> view.deltas().deltasByPosition(partition, 2, 100, 10))))
                .containsExactly(2L);
        assertThat(positions(store.read(Snapshot.latest(), view -> view.deltas().deltasByCommit(partition, -1, 0, 10))))
                .containsExactly(1L, 1L << 40, 2L);
        PartitionProgress progress = store.read(
                Snapshot.latest(), view -> view.deltas().progress(partition).orElseThrow());
        assertThat(progress.revision()).isEqualTo(3);
        assertThat(progress.orderedPosition()).isEqualTo(2L);
    }

    @Test
    void aClosedStoreSaysSo() {
        store.close();
        assertThatThrownBy(() -> store.write(WriteUnit::commitTime)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.read(Snapshot.latest(), ReadView::pinned))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private long addNamespace(String name) {
        return store.write(unit -> {
            unit.catalog().addNamespace(name, Map.of(), "");
            return unit.commitTime();
        });
    }

    private List<String> namespaces(Snapshot snapshot) {
        return store.read(
                snapshot,
                view -> view.catalog().namespaces("", 1_000).stream()
                        .map(NamespaceRow::name)
                        .toList());
    }

    private long addPartition() {
        return store.write(unit -> {
            long key = unit.newKey();
            unit.deltas().addPartition(new PartitionRow(key, "p", "s", "null", null, null, null));
            return key;
        });
    }

    private void addDelta(long partition, long position, Long ordered) {
        store.write(unit -> {
            PartitionProgress before = unit.view(Snapshot.latest())
                    .deltas()
                    .progress(partition)
                    .orElse(new PartitionProgress(0, "", 0, null, 0, 0, 0, 0, List.of(), false, ""));
            unit.deltas()
                    .addDelta(
                            new DeltaRow(
                                    partition,
                                    position,
                                    unit.newKey(),
                                    null,
                                    ordered == null ? DeltaType.ADD : DeltaType.APPEND,
                                    unit.commitTime(),
                                    "tx",
                                    "ws",
                                    "m",
                                    "parquet",
                                    1,
                                    1,
                                    1,
                                    "f",
                                    List.of()),
                            new PartitionProgress(
                                    before.revision() + 1,
                                    "tx",
                                    unit.commitTime(),
                                    ordered == null ? before.orderedPosition() : ordered,
                                    unit.commitTime(),
                                    before.entries() + 1,
                                    before.records() + 1,
                                    before.bytes() + 1,
                                    List.of("parquet"),
                                    false,
                                    "c"));
            return true;
        });
    }

    private static List<Long> positions(List<DeltaRow> deltas) {
        return deltas.stream().map(DeltaRow::streamPosition).toList();
    }
}
