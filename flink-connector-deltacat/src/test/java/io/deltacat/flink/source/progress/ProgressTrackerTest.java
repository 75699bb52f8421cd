package io.deltacat.flink.source.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.DeltaSlice;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.PositionSet;
import io.deltacat.flink.source.split.SplitId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressTrackerTest {
    private static final PartitionRef P = new PartitionRef("s", "p");
    private static final long ADD = 1L << 40;
    private final ProgressTracker tracker = new ProgressTracker();

    private void discover(DeltaKind kind, long position, int splits) {
        tracker.discovered(new DeltaSlice(new DeltaRef(P, position), kind, 0, List.of(), true), splits, 0);
    }

    private static SplitId split(long position, int ordinal) {
        return SplitId.of(new DeltaRef(P, position), ordinal);
    }

    private PartitionCursor read(long discovered, long... adds) {
        FeedCursor cursor = FeedCursor.of(Map.of(P, new PartitionCursor(discovered, PositionSet.of(adds))));
        return tracker.progress(cursor).partitions().get(P);
    }

    @Test
    void onlyTheContiguousPrefixOfOrderedDeltasIsRead() {
        discover(DeltaKind.APPEND, 1, 2);
        discover(DeltaKind.APPEND, 2, 1);
        discover(DeltaKind.APPEND, 3, 1);
        assertThat(read(3).orderedPosition()).isZero();
        tracker.finish(split(2, 0));
        tracker.finish(split(1, 0));
        assertThat(read(3).orderedPosition()).isZero();
        tracker.finish(split(1, 1));
        assertThat(read(3).orderedPosition()).isEqualTo(2);
        tracker.finish(split(3, 0));
        assertThat(read(3).orderedPosition()).isEqualTo(3);
    }

    @Test
    void addDeltasAreReadOneByOne() {
        discover(DeltaKind.ADD, ADD, 1);
        discover(DeltaKind.ADD, ADD + 5, 1);
        tracker.finish(split(ADD + 5, 0));
        assertThat(read(0, ADD, ADD + 5).adds()).isEqualTo(PositionSet.of(ADD + 5));
    }

    @Test
    void aDeltaWithoutFilesIsReadAtOnce() {
        discover(DeltaKind.APPEND, 1, 0);
        assertThat(read(1).orderedPosition()).isEqualTo(1);
        assertThat(tracker.heldDeltas()).isZero();
        assertThat(tracker.allRead()).isTrue();
    }

    @Test
    void aDeltaWhoseFilesAreNotAllDiscoveredIsNotRead() {
        DeltaRef delta = new DeltaRef(P, 1);
        int first = tracker.discovered(new DeltaSlice(delta, DeltaKind.APPEND, 0, List.of(), false), 1, 0);
        tracker.finish(split(1, first));
        assertThat(tracker.allRead()).isFalse();
        assertThat(read(0).orderedPosition()).isZero();
        int second = tracker.discovered(new DeltaSlice(delta, DeltaKind.APPEND, 1, List.of(), true), 1, 0);
        assertThat(second).isEqualTo(1);
        tracker.finish(split(1, second));
        assertThat(read(1).orderedPosition()).isEqualTo(1);
    }

    @Test
    void repeatedAndUnknownFinishesChangeNothing() {
        discover(DeltaKind.APPEND, 1, 1);
        assertThat(tracker.finish(split(1, 0))).isTrue();
        assertThat(tracker.finish(split(1, 0))).isFalse();
        assertThat(tracker.finish(split(9, 0))).isFalse();
        assertThat(tracker.unfinishedSplits()).isZero();
    }

    @Test
    void aRevokedFinishTakesTheProgressBackUntilItIsSaidAgain() {
        discover(DeltaKind.APPEND, 1, 1);
        tracker.finish(split(1, 0));
        tracker.reopen(split(1, 0));
        assertThat(read(1).orderedPosition()).isZero();
        tracker.finish(split(1, 0));
        tracker.durable(split(1, 0));
        tracker.reopen(split(1, 0));
        assertThat(read(1).orderedPosition()).isEqualTo(1);
        assertThat(tracker.heldDeltas()).isZero();
    }

    @Test
    void aCheckpointHoldsWhatIsUnreadAndComesBack() {
        discover(DeltaKind.APPEND, 1, 3);
        discover(DeltaKind.APPEND, 2, 1);
        tracker.finish(split(1, 1));
        tracker.finish(split(2, 0));
        List<OpenDelta> state = tracker.snapshot();
        assertThat(state).hasSize(1);
        assertThat(state.get(0).pending()).isEqualTo(Set.of(0, 2));
        ProgressTracker restored = new ProgressTracker(state, 0);
        assertThat(restored.unfinishedSplits()).isEqualTo(2);
        restored.finish(split(1, 0));
        restored.finish(split(1, 2));
        assertThat(restored.allRead()).isTrue();
    }

    @Test
    void ofAPinnedSnapshotOnlyWhatWasKnownBeforeCounts() {
        FeedCursor cursor = FeedCursor.of(Map.of(P, new PartitionCursor(2, PositionSet.empty())))
                .pinnedAt(5)
                .advanced(P, 9, List.of());
        assertThat(tracker.progress(cursor).partitions().get(P).orderedPosition())
                .isEqualTo(2);
    }

    @Test
    void announcementsBeforeTheFirstCheckpointAreConfirmedAtOnceAndRevokedWithTheirSplits() {
        FinishedSplits finished = new FinishedSplits(false);
        assertThat(finished.announced(0, split(1, 0))).isEqualTo(FinishedSplits.Confirmation.NOW);
        assertThat(finished.announced(0, split(1, 1))).isEqualTo(FinishedSplits.Confirmation.NOW);
        assertThat(finished.reset(0, Set.of(split(1, 1)))).containsExactly(split(1, 1));
        finished.snapshot(7);
        assertThat(finished.completed(7)).isEqualTo(Map.of(0, List.of(split(1, 0))));
    }

    @Test
    void announcementsAfterTheSnapshotWaitForTheNextCheckpoint() {
        FinishedSplits finished = new FinishedSplits(true);
        assertThat(finished.announced(1, split(1, 0))).isEqualTo(FinishedSplits.Confirmation.WHEN_COMPLETED);
        finished.snapshot(3);
        finished.announced(1, split(2, 0));
        assertThat(finished.completed(3)).isEqualTo(Map.of(1, List.of(split(1, 0))));
        assertThat(finished.reset(1, Set.of())).containsExactly(split(2, 0));
        assertThat(finished.completed(4)).isEmpty();
    }

    @Test
    void anAbortedCheckpointIsCoveredByTheNext() {
        FinishedSplits finished = new FinishedSplits(true);
        finished.announced(1, split(1, 0));
        finished.snapshot(3);
        finished.announced(1, split(2, 0));
        finished.snapshot(4);
        assertThat(finished.completed(4).get(1)).containsExactly(split(1, 0), split(2, 0));
    }

    @Test
    void theNewestCompletedProgressIsAcknowledgedAndOneAtATime() {
        Acknowledgements queue = new Acknowledgements(Duration.ZERO);
        Progress first = Progress.none();
        Progress second = new Progress(new java.util.TreeMap<>(Map.of(P, PartitionCursor.START)));
        queue.snapshot(1, first);
        queue.snapshot(2, second);
        assertThat(queue.next(0)).isEmpty();
        queue.completed(2, 0);
        assertThat(queue.next(0)).contains(second);
        assertThat(queue.next(0)).isEmpty();
        queue.failed(second, 0);
        assertThat(queue.next(0)).contains(second);
        queue.sent();
        assertThat(queue.outstanding()).isFalse();
        queue.completed(1, 0);
        assertThat(queue.next(0)).isEmpty();
    }

    @Test
    void withASafetyLagOnlyOldProgressIsSentAndFewProgressesWait() {
        Acknowledgements queue = new Acknowledgements(Duration.ofSeconds(160));
        long second = Duration.ofSeconds(1).toNanos();
        long sent = 0;
        for (long now = 1; now <= 1_000; now++) {
            queue.snapshot(now, at(now));
            queue.completed(now, now * second);
            Optional<Progress> next = queue.next(now * second);
            if (next.isPresent()) {
                queue.sent();
                sent = next.get().partitions().get(P).orderedPosition();
                assertThat(now - sent).isBetween(160L, 185L);
            }
        }
        assertThat(sent).isGreaterThan(800);
        assertThat(queue.waitingCount()).isLessThan(25);
    }

    private static Progress at(long position) {
        return new Progress(new java.util.TreeMap<>(Map.of(P, new PartitionCursor(position, PositionSet.empty()))));
    }

    @Test
    void readingGoesBackOnlyBehindACompletedCheckpointOfNothingUnderWay() {
        RewindWait wait = new RewindWait();
        wait.snapshot(1, true);
        wait.begin();
        wait.completed(1, true);
        assertThat(wait.ready()).isFalse();
        wait.snapshot(2, false);
        wait.completed(2, true);
        assertThat(wait.ready()).isFalse();
        wait.snapshot(3, true);
        wait.disturbed();
        wait.completed(3, true);
        assertThat(wait.ready()).isFalse();
        wait.snapshot(4, true);
        wait.completed(4, false);
        assertThat(wait.ready()).isFalse();
        wait.snapshot(5, true);
        wait.completed(5, true);
        assertThat(wait.ready()).isTrue();
        wait.done();
        assertThat(wait.wanted()).isFalse();
        assertThat(wait.ready()).isFalse();
    }
}
