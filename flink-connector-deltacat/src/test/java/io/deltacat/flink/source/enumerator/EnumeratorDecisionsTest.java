package io.deltacat.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.TableRef;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.source.enumerator.PollSchedule.Verdict;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.EventTimeColumn;
import io.deltacat.flink.source.feed.FakeTable;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.HistoryRules;
import io.deltacat.flink.source.feed.ListingFeed;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.PlanFeed;
import io.deltacat.flink.source.feed.PositionSet;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.feed.SourceFile;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.DeltaCatSplit.SplitState;
import io.deltacat.flink.source.split.EventTimeFloor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.Test;

class EnumeratorDecisionsTest {
    private static final PartitionRef P = new PartitionRef("s", "p");
    private final FakeTable table = new FakeTable(new SplittableRandom(3));
    private final FakeServer server = new FakeServer(table);

    private static DeltaCatSplit split(long position, long bytes) {
        SourceFile file = new SourceFile("/f", "parquet", SourceFile.IDENTITY, bytes, 1, null);
        return new DeltaCatSplit(
                new DeltaRef(P, position), DeltaKind.APPEND, 0, file, 0, DeltaCatSplit.TO_END, 0, SplitState.READING);
    }

    private static EnumeratorOptions options(StartMode mode, Boundedness boundedness) {
        return options(mode, boundedness, SubscriptionRules.Absence.FAIL);
    }

    private static EnumeratorOptions options(
            StartMode mode, Boundedness boundedness, SubscriptionRules.Absence absence) {
        return new EnumeratorOptions(
                TableRef.of("ns", "t"),
                ReadRange.of(mode, boundedness),
                RowReading.INSERTS,
                HistoryRules.FAIL,
                new DiscoveryRules(
                        DiscoveryFeed.AUTO, Duration.ofSeconds(1), Duration.ofMinutes(1), 100, 1_000, Long.MAX_VALUE),
                new SubscriptionRules(
                        Acknowledgement.ON_CHECKPOINT,
                        Duration.ZERO,
                        ForeignWatermarkPolicy.FAIL,
                        RedrivePolicy.FAIL,
                        absence,
                        Duration.ofSeconds(30)),
                null);
    }

    private SourceStart.Started start(StartMode mode, Boundedness boundedness) {
        return new SourceStart(options(mode, boundedness), server, DeltaCatEnumeratorState.fresh("ns.t", "w")).run();
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void smallSplitsAreHandedOutTogetherAndFairly() {
        SplitAssigner assigner = new SplitAssigner(SplitAssigner.Order.DISCOVERY);
        for (int i = 1; i <= 10; i++) {
            assigner.add(List.of(split(i, 10)));
        }
        assigner.request(0);
        assigner.request(1);
        assigner.request(7);
        Map<Integer, List<DeltaCatSplit>> assignment = assigner.assign(Set.of(0, 1));
        assertThat(assignment.get(0)).hasSize(5);
        assertThat(assignment.get(1)).hasSize(3);
        assertThat(assigner.waitingCount()).isEqualTo(2);
        assertThat(assigner.assign(Set.of(0, 1))).isEmpty();
        assertThat(assigner.assign(Set.of(7))).containsOnlyKeys(7);
    }

    @Test
    void bigSplitsAreHandedOutOneByOne() {
        SplitAssigner assigner = new SplitAssigner(SplitAssigner.Order.DISCOVERY);
        assigner.add(List.of(split(1, 1L << 30), split(2, 1L << 30)));
        assigner.request(0);
        assertThat(assigner.assign(Set.of(0)).get(0)).hasSize(1);
    }

    @Test
    void splitsGivenBackComeFirstInDeltaOrder() {
        SplitAssigner assigner = new SplitAssigner(SplitAssigner.Order.DISCOVERY);
        assigner.add(List.of(split(9, 1)));
        assigner.addBack(List.of(split(5, 1), split(3, 1), split(4, 1)));
        assertThat(assigner.waiting().stream().map(split -> split.delta().position()))
                .containsExactly(3L, 4L, 5L, 9L);
    }

    @Test
    void failuresAreRetriedWithGrowingPausesUntilTheToleranceIsUsedUp() {
        PollSchedule schedule = new PollSchedule(Duration.ofSeconds(1), Duration.ofMinutes(1), new SplittableRandom(1));
        long now = 0;
        long lastPause = 0;
        Verdict verdict = Verdict.TRY_AGAIN;
        for (int i = 0; verdict == Verdict.TRY_AGAIN; i++) {
            assertThat(i).isLessThan(40);
            verdict = schedule.failed(now, Duration.ZERO);
            if (verdict == Verdict.TRY_AGAIN) {
                assertThat(schedule.due(now)).isFalse();
                long begun = now;
                while (!schedule.due(now)) {
                    now += 10_000_000;
                }
                lastPause = now - begun;
                assertThat(lastPause).isLessThanOrEqualTo(Duration.ofSeconds(31).toNanos());
            }
        }
        assertThat(schedule.failingFor(now)).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(95));
        assertThat(lastPause).isGreaterThan(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void aSuccessEndsTheOutageAndRetryAfterIsAFloor() {
        PollSchedule schedule =
                new PollSchedule(Duration.ofSeconds(1), Duration.ofSeconds(10), new SplittableRandom(1));
        schedule.failed(0, Duration.ofSeconds(7));
        assertThat(schedule.due(Duration.ofMillis(6_900).toNanos())).isFalse();
        assertThat(schedule.due(Duration.ofSeconds(7).toNanos())).isTrue();
        schedule.succeeded(Duration.ofSeconds(8).toNanos());
        assertThat(schedule.failures()).isZero();
        assertThat(schedule.failed(Duration.ofSeconds(100).toNanos(), Duration.ZERO))
                .isEqualTo(Verdict.TRY_AGAIN);
    }

    @Test
    void theTimeMayWrapAround() {
        PollSchedule schedule = new PollSchedule(Duration.ofSeconds(1), Duration.ZERO, new SplittableRandom(1));
        schedule.succeeded(Long.MAX_VALUE - 10);
        assertThat(schedule.due(Long.MAX_VALUE)).isFalse();
        assertThat(schedule.due(Long.MIN_VALUE + Duration.ofSeconds(1).toNanos()))
                .isTrue();
    }

    @Test
    void fullStartsAtTheBeginningAndLatestAtTheEnd() {
        table.append(table.partition("p"), 3);
        assertThat(start(StartMode.FULL, Boundedness.CONTINUOUS_UNBOUNDED).cursor())
                .isEqualTo(FeedCursor.start());
        assertThat(start(StartMode.LATEST, Boundedness.CONTINUOUS_UNBOUNDED)
                        .cursor()
                        .partition(table.partition("p"))
                        .orderedPosition())
                .isEqualTo(1);
    }

    @Test
    void listingIsUsedWhereTheServerOffersIt() {
        assertThat(start(StartMode.FULL, Boundedness.CONTINUOUS_UNBOUNDED).feed())
                .isInstanceOf(ListingFeed.class);
        server.listsDeltas = false;
        assertThat(start(StartMode.FULL, Boundedness.CONTINUOUS_UNBOUNDED).feed())
                .isInstanceOf(PlanFeed.class);
    }

    @Test
    void aBoundedReadPinsItsSnapshotAtTheStart() {
        assertThat(start(StartMode.FULL, Boundedness.BOUNDED).cursor().pinnedSnapshot())
                .isPresent();
    }

    @Test
    void aForeignWatermarkOfAnUnpartitionedTableIsAPlaceToStart() {
        PartitionRef only = table.partition("p");
        table.append(only, 1);
        table.append(only, 1);
        server.document = json("{\"partition_watermarks\":{\"ns.t\":1}}");
        assertThat(start(StartMode.SUBSCRIPTION, Boundedness.CONTINUOUS_UNBOUNDED)
                        .cursor()
                        .partition(only))
                .isEqualTo(new PartitionCursor(1, PositionSet.empty()));
    }

    @Test
    void aForeignWatermarkOfATableWithAddsIsRefusedSinceItCannotTellThem() {
        PartitionRef only = table.partition("p");
        table.append(only, 1);
        table.add(only, 1);
        server.document = json("{\"partition_watermarks\":{\"ns.t\":1}}");
        assertThatThrownBy(() -> start(StartMode.SUBSCRIPTION, Boundedness.CONTINUOUS_UNBOUNDED))
                .isInstanceOf(DeltaCatSourceException.UnusableSubscription.class)
                .hasMessageContaining("'sub'")
                .hasMessageContaining("add deltas");
    }

    @Test
    void noWatermarkIsTheStartOfHistory() {
        assertThat(start(StartMode.SUBSCRIPTION, Boundedness.CONTINUOUS_UNBOUNDED)
                        .cursor())
                .isEqualTo(FeedCursor.start());
    }

    @Test
    void restoredStateWinsOverTheStartMode() {
        FeedCursor restored = FeedCursor.of(Map.of(P, new PartitionCursor(17, PositionSet.empty())));
        DeltaCatEnumeratorState state = new DeltaCatEnumeratorState(
                "ns.t", "w", restored, DeltaCatEnumeratorState.Discovery.GOING_ON, List.of(), List.of(), null);
        assertThat(new SourceStart(options(StartMode.FULL, Boundedness.CONTINUOUS_UNBOUNDED), server, state)
                        .run()
                        .cursor())
                .isEqualTo(restored);
    }

    @Test
    void subscriptionsThatCannotBeFollowedAreRefusedByName() {
        server.exists = false;
        assertRefused("does not exist");
        server.exists = true;
        server.status = "deleted";
        assertRefused("was deleted");
        server.status = "error";
        assertRefused("is in error");
        server.status = "paused";
        assertThat(start(StartMode.SUBSCRIPTION, Boundedness.CONTINUOUS_UNBOUNDED)
                        .gate())
                .isEqualTo(SubscriptionGate.Gate.PAUSED);
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> start(StartMode.SUBSCRIPTION, Boundedness.CONTINUOUS_UNBOUNDED))
                .isInstanceOf(DeltaCatSourceException.UnusableSubscription.class)
                .hasMessageContaining("'sub'")
                .hasMessageContaining(why);
    }

    private SourceStart.Started startCreating() {
        EnumeratorOptions creating =
                options(StartMode.SUBSCRIPTION, Boundedness.CONTINUOUS_UNBOUNDED, SubscriptionRules.Absence.CREATE);
        return new SourceStart(creating, server, DeltaCatEnumeratorState.fresh("ns.t", "w")).run();
    }

    @Test
    void aMissingSubscriptionIsCreatedWithAWorkerTagOfItsOwnIfThatIsWanted() {
        server.exists = false;
        assertThat(startCreating().cursor()).isEqualTo(FeedCursor.start());
        assertThat(server.created.subscriberId()).isEqualTo("sub");
        assertThat(server.created.sourceTables()).containsExactly(Map.of("namespace", "ns", "table", "t"));
        assertThat(server.created.dispatchConfig()).contains("required_worker_tags", "flink-source-w");
        assertThat(server.created.trigger().mode()).isEqualTo("manual");
    }

    @Test
    void aSubscriptionThatSomebodyElseCreatesAtTheSameTimeWillDo() {
        server.exists = false;
        server.createFails = true;
        assertThatThrownBy(this::startCreating).isInstanceOf(io.deltacat.client.ServerUnavailable.class);
        server.exists = true;
        server.created = null;
        startCreating();
        assertThat(server.created).isNull();
    }

    @Test
    void aWatermarkThatWasMovedBackIsWhereReadingGoesOn() {
        PartitionRef only = table.partition("p");
        table.append(only, 1);
        table.append(only, 1);
        SourceStart start = new SourceStart(
                options(StartMode.FULL, Boundedness.CONTINUOUS_UNBOUNDED),
                server,
                DeltaCatEnumeratorState.fresh("ns.t", "w"));
        assertThat(start.behindWatermark().cursor()).isEqualTo(FeedCursor.start());
        server.document = json("{\"partition_watermarks\":{\"ns.t\":1}}");
        assertThat(start.behindWatermark().cursor().partition(only).orderedPosition())
                .isEqualTo(1);
    }

    private static DeltaCatSplit at(long position, long earliest) {
        SourceFile file = new SourceFile("/f", "parquet", SourceFile.IDENTITY, 1, 1, null, earliest);
        return new DeltaCatSplit(
                new DeltaRef(P, position), DeltaKind.APPEND, 0, file, 0, DeltaCatSplit.TO_END, 0, SplitState.READING);
    }

    @Test
    void splitsWithTheEarliestEventTimesAreHandedOutFirst() {
        SplitAssigner assigner = new SplitAssigner(SplitAssigner.Order.EVENT_TIME);
        assigner.add(List.of(at(1, 300), at(2, 100)));
        assigner.add(List.of(at(3, 200)));
        assertThat(assigner.waiting())
                .extracting(DeltaCatSplit::earliestEventTime)
                .containsExactly(100L, 200L, 300L);
    }

    @Test
    void eventTimeMayComeToTheEarliestWaitingSplitOnceEverythingIsDiscovered() {
        List<DeltaCatSplit> waiting = List.of(at(1, 300), at(2, 100));
        EventTimeFloors floors = new EventTimeFloors();
        floors.see(waiting);
        assertThat(floors.floor(waiting, true)).isEqualTo(new EventTimeFloor(100, 300));
        assertThat(floors.floor(waiting, false)).isEqualTo(new EventTimeFloor(EventTimeColumn.UNKNOWN, 300));
        assertThat(floors.floor(List.of(), true)).isEqualTo(new EventTimeFloor(EventTimeColumn.NONE, 300));
    }

    @Test
    void aReaderIsToldWhatItDoesNotKnow() {
        EventTimeFloors floors = new EventTimeFloors();
        assertThat(floors.toTell(new EventTimeFloor(5, 9), Set.of(0, 1))).containsExactly(0, 1);
        assertThat(floors.toTell(new EventTimeFloor(5, 9), Set.of(0, 1, 2))).containsExactly(2);
        floors.forget(1);
        assertThat(floors.toTell(new EventTimeFloor(5, 9), Set.of(0, 1, 2))).containsExactly(1);
        assertThat(floors.toTell(new EventTimeFloor(6, 9), Set.of(0))).containsExactly(0);
        assertThat(floors.toTell(new EventTimeFloor(6, 9), Set.of(0, 1))).containsExactly(1);
    }

    @Test
    void theRateHoldsOnAverageWhateverTheSplitsAreLike() {
        HandOutRate rate = new HandOutRate(100, 0);
        long handedOut = 0;
        for (int tick = 0; tick <= 1_000; tick++) {
            if (rate.allows(Duration.ofMillis(100).toNanos() * tick)) {
                rate.taken(37 + tick % 200);
                handedOut += 37 + tick % 200;
            }
        }
        assertThat(handedOut).isBetween(9_500L, 10_500L);
    }

    @Test
    void withoutALimitNothingWaits() {
        HandOutRate rate = new HandOutRate(HandOutRate.UNLIMITED, 0);
        rate.taken(Long.MAX_VALUE);
        assertThat(rate.allows(0)).isTrue();
    }
}
