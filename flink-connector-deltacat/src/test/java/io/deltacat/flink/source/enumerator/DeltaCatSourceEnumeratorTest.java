package io.deltacat.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.TableRef;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.source.feed.FakeTable;
import io.deltacat.flink.source.feed.HistoryRules;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.SplitsConfirmed;
import io.deltacat.flink.source.split.SplitsFinished;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.Test;

/** The glue between Flink's context and the decisions: what is called, when, and never twice at once. */
class DeltaCatSourceEnumeratorTest {
    private final FakeTable table = new FakeTable(new SplittableRandom(3));
    private final FakeServer server = new FakeServer(table);
    private final AtomicLong nanos = new AtomicLong();
    private final ManualContext context = new ManualContext();
    private boolean outOfReach;
    private final DeltaCatSourceEnumerator enumerator = enumerator(Boundedness.CONTINUOUS_UNBOUNDED);

    private DeltaCatSourceEnumerator enumerator(Boundedness boundedness) {
        return new DeltaCatSourceEnumerator(
                context,
                new EnumeratorOptions(
                        TableRef.of("ns", "t"),
                        ReadRange.of(StartMode.SUBSCRIPTION, boundedness),
                        RowReading.INSERTS,
                        HistoryRules.FAIL,
                        new DiscoveryRules(
                                DiscoveryFeed.AUTO,
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(1),
                                3,
                                1 << 20,
                                Long.MAX_VALUE),
                        new SubscriptionRules(
                                Acknowledgement.ON_CHECKPOINT,
                                Duration.ZERO,
                                ForeignWatermarkPolicy.FAIL,
                                RedrivePolicy.REREAD,
                                SubscriptionRules.Absence.FAIL,
                                Duration.ofSeconds(30)),
                        null),
                () -> {
                    if (outOfReach) {
                        throw FakeServer.outOfReach();
                    }
                    return server;
                },
                DeltaCatEnumeratorState.fresh("ns.t", "source"),
                nanos::get,
                new SplittableRandom(1));
    }

    /** Lets time pass and everything that is due happen. */
    private void tick() {
        nanos.addAndGet(Duration.ofSeconds(40).toNanos());
        context.tick();
    }

    private List<DeltaCatSplit> assigned(int subtask) {
        return context.assigned.getOrDefault(subtask, List.of());
    }

    @Test
    void discoveryStopsWhileEnoughIsUnfinishedAndGoesOnWhenReadersAreDone() {
        for (int i = 0; i < 10; i++) {
            table.append(table.partition("p"), 1);
        }
        enumerator.start();
        tick();
        context.register(0);
        enumerator.handleSplitRequest(0, "host");
        assertThat(assigned(0)).hasSize(3);
        int before = table.requests();
        tick();
        assertThat(table.requests()).isEqualTo(before);
        enumerator.handleSourceEvent(
                0,
                new SplitsFinished(
                        assigned(0).stream().map(DeltaCatSplit::splitId).toList()));
        enumerator.handleSplitRequest(0, "host");
        tick();
        assertThat(assigned(0)).hasSize(6);
    }

    @Test
    void oneDiscoveryAtATime() {
        enumerator.start();
        context.timers.forEach(Runnable::run);
        context.timers.forEach(Runnable::run);
        assertThat(context.worker).hasSize(1);
        context.worker.removeFirst().run();
        context.timers.forEach(Runnable::run);
        assertThat(context.worker).hasSize(1);
        context.worker.removeFirst().run();
        context.timers.forEach(Runnable::run);
        assertThat(context.worker).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        context.timers.forEach(Runnable::run);
        context.timers.forEach(Runnable::run);
        assertThat(context.worker).hasSize(1);
    }

    @Test
    void nothingIsAskedOfTheServerOnTheCoordinatorThread() {
        table.append(table.partition("p"), 1);
        enumerator.start();
        context.register(0);
        enumerator.addReader(0);
        enumerator.handleSplitRequest(0, "host");
        enumerator.snapshotState(1);
        enumerator.notifyCheckpointComplete(1);
        context.timers.forEach(Runnable::run);
        assertThat(table.requests()).isZero();
        assertThat(enumerator.snapshotState(2).discovered()).isEmpty();
    }

    @Test
    void aWatermarkThatCannotBeWrittenIsTriedAgainAndNeverFailsTheJob() {
        table.append(table.partition("p"));
        enumerator.start();
        tick();
        server.watermarkFailures = 3;
        enumerator.snapshotState(1);
        enumerator.notifyCheckpointComplete(1);
        for (int i = 0; i < 6; i++) {
            tick();
        }
        assertThat(server.watermarkFailures).isZero();
        assertThat(server.document.at("/partition_watermarks/ns.t").asLong()).isEqualTo(1);
        int writes = server.watermarkWrites;
        tick();
        assertThat(server.watermarkWrites).isEqualTo(writes);
    }

    @Test
    void aDeletedSubscriptionEndsTheJob() {
        enumerator.start();
        tick();
        server.status = "deleted";
        assertThatThrownBy(this::tick).isInstanceOf(DeltaCatSourceException.UnusableSubscription.class);
    }

    @Test
    void splitsGivenBackAreHandedOutAgainAndTheirFinishIsVoid() {
        table.append(table.partition("p"), 1);
        enumerator.start();
        tick();
        context.register(0);
        enumerator.handleSplitRequest(0, "host");
        List<DeltaCatSplit> splits = List.copyOf(assigned(0));
        enumerator.handleSourceEvent(0, new SplitsFinished(List.of(splits.get(0).splitId())));
        enumerator.addSplitsBack(splits, 0);
        enumerator.snapshotState(1);
        enumerator.notifyCheckpointComplete(1);
        tick();
        assertThat(server.document).isNull();
        enumerator.handleSplitRequest(0, "host");
        assertThat(assigned(0)).hasSize(2);
    }

    @Test
    void backlogIsReportedWhileTheFirstFilesAreMoreThanTheBudget() {
        for (int i = 0; i < 5; i++) {
            table.append(table.partition("p"), 1);
        }
        enumerator.start();
        tick();
        assertThat(context.backlog).containsExactly(true);
        context.register(0);
        for (int i = 0; i < 5; i++) {
            enumerator.handleSplitRequest(0, "host");
            enumerator.handleSourceEvent(
                    0,
                    new SplitsFinished(
                            assigned(0).stream().map(DeltaCatSplit::splitId).toList()));
            tick();
        }
        assertThat(context.backlog).containsExactly(true, false);
    }

    @Test
    void anAnnouncementBeforeAnyCheckpointIsConfirmedAtOnceAndLaterOnesWhenTheirCheckpointCompleted() {
        for (int i = 0; i < 2; i++) {
            table.append(table.partition("p"), 1);
        }
        enumerator.start();
        tick();
        context.register(0);
        enumerator.handleSplitRequest(0, "host");
        List<DeltaCatSplit> splits = assigned(0);
        enumerator.handleSourceEvent(0, new SplitsFinished(List.of(splits.get(0).splitId())));
        assertThat(context.events.get(0)).hasSize(1);
        enumerator.snapshotState(1);
        enumerator.handleSourceEvent(0, new SplitsFinished(List.of(splits.get(1).splitId())));
        enumerator.snapshotState(2);
        assertThat(context.events.get(0)).hasSize(1);
        enumerator.notifyCheckpointComplete(2);
        assertThat(((SplitsConfirmed) context.events.get(0).get(1)).splitIds())
                .contains(splits.get(1).splitId());
        tick();
        assertThat(server.document.at("/partition_watermarks/ns.t").asLong()).isEqualTo(2);
    }

    @Test
    void anOutageIsWaitedOutAndEndsTheJobOnlyWhenItLastsTooLong() {
        outOfReach = true;
        enumerator.start();
        tick();
        outOfReach = false;
        tick();
        table.append(table.partition("p"), 1);
        tick();
        context.register(0);
        enumerator.handleSplitRequest(0, "host");
        assertThat(assigned(0)).hasSize(1);

        outOfReach = true;
        DeltaCatSourceEnumerator unlucky = enumerator(Boundedness.CONTINUOUS_UNBOUNDED);
        unlucky.start();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        tick();
                    }
                })
                .isInstanceOf(DeltaCatSourceException.DiscoveryFailed.class)
                .hasMessageContaining("ns.t")
                .hasMessageContaining("scan.failure-tolerance");
    }

    @Test
    void readersOfABoundedReadAreToldTheEndWhenEverythingIsFinished() {
        DeltaCatSourceEnumerator bounded = enumerator(Boundedness.BOUNDED);
        table.append(table.partition("p"), 1);
        bounded.start();
        tick();
        context.register(0);
        bounded.handleSplitRequest(0, "host");
        assertThat(context.ended).isEmpty();
        bounded.handleSourceEvent(
                0, new SplitsFinished(List.of(assigned(0).get(0).splitId())));
        assertThat(context.ended).containsExactly(0);
    }

    @Test
    void nothingIsSentToReadersThatWereToldTheEndSinceTheyMayBeGone() {
        DeltaCatSourceEnumerator bounded = enumerator(Boundedness.BOUNDED);
        table.append(table.partition("p"), 1);
        bounded.start();
        tick();
        context.register(0);
        bounded.handleSplitRequest(0, "host");
        bounded.snapshotState(1);
        bounded.handleSourceEvent(
                0, new SplitsFinished(List.of(assigned(0).get(0).splitId())));
        assertThat(context.ended).containsExactly(0);
        bounded.snapshotState(2);
        bounded.notifyCheckpointComplete(2);
        assertThat(context.events.getOrDefault(0, List.of())).isEmpty();
    }

    @Test
    void closingReleasesTheConnectionAndMayBeRepeated() {
        enumerator.start();
        tick();
        enumerator.close();
        enumerator.close();
        assertThat(server.closed).isTrue();
        tick();
    }

    @Test
    void closingBeforeTheStartIsHarmless() {
        enumerator.close();
        assertThat(server.closed).isFalse();
    }

    private void finishAll() {
        enumerator.handleSplitRequest(0, "host");
        enumerator.handleSourceEvent(
                0,
                new SplitsFinished(
                        assigned(0).stream().map(DeltaCatSplit::splitId).toList()));
    }

    private void checkpoint(long id) {
        enumerator.snapshotState(id);
        enumerator.notifyCheckpointComplete(id);
        tick();
    }

    @Test
    void rowsBehindAWatermarkThatWasMovedBackAreHandedOutAgainWhenEverythingElseIsInACheckpoint() {
        table.append(table.partition("p"), 1);
        table.append(table.partition("p"), 1);
        enumerator.start();
        tick();
        context.register(0);
        finishAll();
        checkpoint(1);
        assertThat(server.document.at("/partition_watermarks/ns.t").asLong()).isEqualTo(2);
        table.append(table.partition("p"), 1);
        tick();
        server.document = null;
        checkpoint(2);
        assertThat(server.document).isNull();
        checkpoint(3);
        assertThat(assigned(0)).hasSize(2);
        finishAll();
        enumerator.handleSplitRequest(0, "host");
        checkpoint(4);
        checkpoint(5);
        tick();
        assertThat(assigned(0)).hasSize(6);
        assertThat(server.document).isNull();
        finishAll();
        checkpoint(6);
        tick();
        assertThat(server.document.at("/partition_watermarks/ns.t").asLong()).isEqualTo(3);
    }

    @Test
    void theLagGrowsWithWhatIsThereToReadAndEndsAtZero() {
        for (int i = 0; i < 5; i++) {
            table.append(table.partition("p"), 10);
        }
        enumerator.start();
        tick();
        tick();
        assertThat(context.metrics.value("lagDeltas")).isEqualTo(3);
        assertThat(context.metrics.value("lagRows")).isEqualTo(30);
        assertThat(context.metrics.value("lagBytes")).isPositive();
        assertThat(context.metrics.value("lagMillis")).isPositive();
        assertThat(context.metrics.value("backlog")).isEqualTo(1);
        assertThat(context.metrics.value("waitingSplits")).isEqualTo(3);
        context.register(0);
        for (int i = 0; i < 5; i++) {
            finishAll();
            tick();
        }
        checkpoint(1);
        checkpoint(2);
        assertThat(context.metrics.value("acknowledgedPosition")).isEqualTo(5);
        for (String lag : List.of(
                "lagDeltas",
                "lagRows",
                "lagBytes",
                "lagMillis",
                "backlog",
                "unfinishedSplits",
                "acknowledgementLagDeltas",
                "acknowledgementAgeMillis")) {
            assertThat(context.metrics.value(lag)).as(lag).isZero();
        }
    }
}
