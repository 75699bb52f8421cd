package io.deltacat.flink.source.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.HistoryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DeltaFeed} does, whatever it asks the server. */
abstract class DeltaFeedContract {
    final FakeTable table = new FakeTable(new SplittableRandom(7));
    final PartitionRef partition = table.partition("p");

    abstract DeltaFeed feed(ReadableKinds kinds, HistoryRules rules);

    final DeltaFeed feed() {
        return feed(ReadableKinds.INSERTS, HistoryRules.FAIL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void everyRowIsHandedOutOnceWhateverTheBudget(int budget) {
        for (int i = 0; i < 12; i++) {
            table.append(partition, 2, 3);
            table.add(partition, 1, 1, 1);
        }
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed(), budget);
        assertThat(reading.rows()).containsExactlyElementsOf(allRows());
        assertThat(reading.largestPage).isLessThanOrEqualTo(budget);
    }

    @Test
    void laterCommitsAreHandedOutWithoutTheEarlierOnes() {
        table.append(partition, 5);
        table.add(partition, 4);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 10);
        reading.clear();
        long before = table.rowsCommitted();
        table.append(partition, 3);
        table.add(partition, 2);
        table.append(table.partition("q"), 1);
        reading.drain(feed, 10);
        assertThat(reading.rows()).hasSize(6).allMatch(row -> row >= before);
    }

    @Test
    void aNewInstanceGoesOnFromTheCursor() {
        for (int i = 0; i < 10; i++) {
            table.append(partition, 1, 1, 1);
            table.add(partition, 2);
        }
        Reading reading = new Reading(FeedCursor.start());
        for (int i = 0; i < 200 && !reading.poll(feed(), 4); i++) {
            assertThat(i).isLessThan(199);
        }
        assertThat(reading.rows()).containsExactlyElementsOf(allRows());
    }

    @Test
    void orderedDeltasOfAPartitionComeInOrderAfterTheStart() {
        table.append(partition, 1);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 5);
        reading.clear();
        for (int i = 0; i < 9; i++) {
            table.append(partition, 1);
        }
        reading.drain(feed, 2);
        assertThat(reading.positions).isSorted().hasSize(9);
    }

    @Test
    void aDeltaWithoutFilesIsHandedOutByListingAndCoveredByBoth() {
        table.append(partition, 1);
        table.append(partition);
        table.append(partition, 1);
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed(), 5);
        assertThat(reading.cursor.partition(partition).orderedPosition()).isEqualTo(3);
    }

    @Test
    void skippingToTheEndLeavesOnlyLaterCommits() {
        table.append(partition, 5);
        table.add(partition, 4);
        DeltaFeed feed = feed();
        Reading reading = new Reading(feed.skipToEnd());
        table.add(partition, 2);
        table.append(partition, 1);
        reading.drain(feed, 10);
        assertThat(reading.rows()).containsExactly(9L, 10L, 11L);
    }

    @Test
    void anIdlePollIsOneRequest() {
        table.append(partition, 5);
        table.add(partition, 4);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 100);
        reading.drain(feed, 100);
        int before = table.requests();
        reading.drain(feed, 100);
        assertThat(table.requests() - before).isEqualTo(1);
    }

    @Test
    void anIdlePollOfAnEmptyTableIsOneRequest() {
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 100);
        reading.drain(feed, 100);
        int before = table.requests();
        reading.drain(feed, 100);
        assertThat(table.requests() - before).isEqualTo(1);
    }

    @Test
    void aReplacedTableIsAChangeOfHistory() {
        table.append(partition, 5);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 100);
        table.replaceStream("stream-2");
        table.append(table.partition("p2"), 3);
        assertThatThrownBy(() -> reading.drain(feed, 100))
                .isInstanceOf(DeltaCatSourceException.HistoryChanged.class)
                .hasMessageContaining("ns.t")
                .hasMessageContaining("stream-1/p");
    }

    @Test
    void aDeltaThatIsNotAnInsertIsRefusedByName() {
        DeltaRef upsert = table.commitKind(partition, DeltaKind.UPSERT, 1);
        assertThatThrownBy(() -> new Reading(FeedCursor.start()).drain(feed(), 10))
                .isInstanceOf(DeltaCatSourceException.UnsupportedTable.class)
                .hasMessageContaining("'upsert'")
                .hasMessageContaining(upsert.text());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void commitsBetweenPollsAreNeitherLostNorRepeated(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        for (int step = 0; step < 120; step++) {
            PartitionRef target = table.partition("p" + random.nextInt(3));
            switch (random.nextInt(4)) {
                case 0 -> table.append(target, files(random));
                case 1 -> table.add(target, files(random));
                case 2 -> feed = random.nextInt(5) == 0 ? feed() : feed;
                default -> reading.poll(feed, 1 + random.nextInt(6));
            }
        }
        reading.drain(feed, 1 + random.nextInt(20));
        assertThat(reading.rows()).as("seed " + seed).containsExactlyElementsOf(allRows());
    }

    @Test
    void compactedRowsAreNotHandedOutAgainAndUnreadOnesAre() {
        table.append(partition, 2);
        table.add(partition, 2);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 10);
        table.append(partition, 1, 1);
        table.add(partition, 3);
        PartitionRef next = table.compact(partition, table.lastPosition(partition), 0);
        table.append(next, 1);
        table.add(next, 1);
        reading.drain(feed, 2);
        assertThat(reading.rows()).containsExactlyElementsOf(allRows());
        assertThat(reading.events).extracting(HistoryEvent::kind).containsExactly(HistoryEvent.Kind.COMPACTED);
        assertThat(reading.cursor.partitions()).doesNotContainKey(partition);
        assertThat(reading.cursor.partition(next).adds().size()).isEqualTo(1);
    }

    @Test
    void compactionsInARowAreGotOverOneByOne() {
        table.append(partition, 2);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 10);
        PartitionRef current = partition;
        for (int round = 0; round < 5; round++) {
            table.append(current, 1);
            table.add(current, 1);
            table.append(current, 1);
            current = table.compact(current, table.lastPosition(current) - 1, 1);
            table.append(current, 1);
        }
        reading.drain(feed, 3);
        assertThat(reading.rows()).containsExactlyElementsOf(allRows());
    }

    @Test
    void aCompactionOfAddsAloneIsNotTakenForANewDelta() {
        table.append(partition, 1);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 10);
        PartitionRef next = table.compact(partition, 1, 0);
        table.add(next, 1);
        reading.drain(feed, 10);
        PartitionRef last = table.compact(next, 1, 0);
        assertThat(table.lastPosition(last)).isEqualTo(2);
        table.append(last, 1);
        reading.drain(feed, 10);
        assertThat(reading.rows()).containsExactlyElementsOf(allRows());
    }

    @Test
    void aReplacedPartitionStopsTheJobOrIsReadOrPassedOver() {
        table.append(partition, 2);
        Reading before = new Reading(FeedCursor.start());
        before.drain(feed(), 10);
        PartitionRef next = table.replacePartition(partition);
        table.append(next, 3);
        assertThatThrownBy(() -> new Reading(before.cursor).drain(feed(), 10))
                .isInstanceOf(DeltaCatSourceException.HistoryChanged.class)
                .hasMessageContaining("'scan.on-replace'")
                .hasMessageContaining(next.partitionId());
        Reading anew = new Reading(before.cursor);
        DeltaFeed resnapshots =
                feed(ReadableKinds.INSERTS, new HistoryRules(HistoryPolicy.RESNAPSHOT, HistoryPolicy.FAIL));
        anew.drain(resnapshots, 10);
        assertThat(anew.rows()).containsExactly(2L, 3L, 4L);
        assertThat(anew.events).extracting(HistoryEvent::kind).containsExactly(HistoryEvent.Kind.REPLACED);
        Reading on = new Reading(before.cursor);
        DeltaFeed skips = feed(ReadableKinds.INSERTS, new HistoryRules(HistoryPolicy.SKIP, HistoryPolicy.FAIL));
        on.drain(skips, 10);
        assertThat(on.rows()).isEmpty();
        table.append(next, 1);
        on.drain(skips, 10);
        assertThat(on.rows()).containsExactly(5L);
    }

    @Test
    void aReplacedTableIsReadOrPassedOverIfThePolicySaysSo() {
        table.append(partition, 5);
        table.append(table.partition("q"), 1);
        Reading before = new Reading(FeedCursor.start());
        before.drain(feed(), 10);
        table.replaceStream("stream-2");
        PartitionRef next = table.partition("p2");
        table.append(next, 3);
        Reading anew = new Reading(before.cursor);
        anew.drain(feed(ReadableKinds.INSERTS, new HistoryRules(HistoryPolicy.RESNAPSHOT, HistoryPolicy.FAIL)), 10);
        assertThat(anew.rows()).containsExactly(6L, 7L, 8L);
        Reading on = new Reading(before.cursor);
        DeltaFeed skips = feed(ReadableKinds.INSERTS, new HistoryRules(HistoryPolicy.SKIP, HistoryPolicy.FAIL));
        on.drain(skips, 10);
        table.append(next, 1);
        on.drain(skips, 10);
        assertThat(on.rows()).containsExactly(9L);
        assertThat(on.cursor.partitions().keySet()).containsExactly(next);
    }

    @Test
    void aCompactionWhoseInputIsForgottenIsLostHistory() {
        table.append(partition, 2);
        Reading before = new Reading(FeedCursor.start());
        before.drain(feed(), 10);
        table.forgetsEnded();
        table.append(partition, 3);
        PartitionRef next = table.compact(partition, 2, 0);
        assertThatThrownBy(() -> new Reading(before.cursor).drain(feed(), 10))
                .isInstanceOf(DeltaCatSourceException.HistoryChanged.class)
                .hasMessageContaining("'scan.on-history-lost'");
        Reading on = new Reading(before.cursor);
        DeltaFeed skips = feed(ReadableKinds.INSERTS, new HistoryRules(HistoryPolicy.FAIL, HistoryPolicy.SKIP));
        on.drain(skips, 10);
        table.append(next, 1);
        on.drain(skips, 10);
        assertThat(on.rows()).containsExactly(5L);
        assertThat(on.events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(HistoryEvent.Kind.LOST);
            assertThat(event.lostDeltas()).isEqualTo(1);
        });
    }

    @Test
    void whatWasVisibleAtATimeIsPassedOver() {
        table.append(partition, 2);
        table.add(partition, 1);
        long time = table.snapshotTimeNanos();
        table.append(partition, 1);
        table.compact(partition, 2, 0);
        DeltaFeed feed = feed();
        Reading reading = new Reading(feed.skipTo(time));
        reading.drain(feed, 10);
        assertThat(reading.rows()).containsExactly(3L);
    }

    @Test
    void theChangesBetweenTwoTimesAreThoseRowsAlone() {
        table.append(partition, 2);
        table.add(partition, 1);
        DeltaFeed feed = feed();
        FeedCursor from = feed.skipTo(table.snapshotTimeNanos());
        table.append(partition, 1);
        PartitionRef next = table.compact(partition, 2, 0);
        table.add(next, 1);
        long end = table.snapshotTimeNanos();
        table.append(next, 1);
        Reading reading = new Reading(from.pinnedAt(end, Backfill.Way.CHANGES));
        reading.drain(feed, 1);
        assertThat(reading.rows()).containsExactly(3L, 4L);
    }

    @Test
    void aMergedSnapshotComesPartitionByPartitionAndIsFollowedByWhatCameAfter() {
        table.commitKind(partition, DeltaKind.UPSERT, 2, 1);
        table.commitKind(partition, DeltaKind.DELETE, 1);
        PartitionRef other = table.partition("q");
        table.commitKind(other, DeltaKind.UPSERT, 1);
        DeltaFeed feed = feed(ReadableKinds.ALL, HistoryRules.FAIL);
        Reading reading = new Reading(FeedCursor.start().pinnedAt(table.snapshotTimeNanos(), Backfill.Way.MERGED));
        table.commitKind(partition, DeltaKind.UPSERT, 1);
        FeedPage first = feed.poll(reading.cursor, 1);
        assertThat(first.slices()).singleElement().satisfies(slice -> {
            assertThat(slice.kind()).isEqualTo(DeltaKind.MERGED);
            assertThat(slice.delta()).isEqualTo(new DeltaRef(partition, 2));
            assertThat(slice.merged()).extracting(MergedFile::position).containsExactly(1L, 1L, 2L);
        });
        assertThat(first.caughtUp()).isFalse();
        reading.drain(feed, 1);
        assertThat(reading.positions).containsExactly(2L, 1L);
        reading.drain(feed, 1);
        assertThat(reading.positions).containsExactly(2L, 1L, 3L);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void commitsAndCompactionsBetweenPollsAreNeitherLostNorRepeated(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<PartitionRef> partitions = new ArrayList<>(List.of(partition, table.partition("q")));
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        for (int step = 0; step < 200; step++) {
            int target = random.nextInt(partitions.size());
            switch (random.nextInt(6)) {
                case 0 -> table.append(partitions.get(target), files(random));
                case 1 -> table.add(partitions.get(target), files(random));
                case 2 -> feed = random.nextInt(5) == 0 ? feed() : feed;
                case 3 -> {
                    if (random.nextInt(3) == 0 && table.lastPosition(partitions.get(target)) > 0) {
                        long upTo = random.nextLong(1, table.lastPosition(partitions.get(target)) + 1);
                        partitions.set(target, table.compact(partitions.get(target), upTo, random.nextInt(3)));
                    }
                }
                default -> reading.poll(feed, 1 + random.nextInt(6));
            }
        }
        reading.drain(feed, 1 + random.nextInt(20));
        assertThat(reading.rows()).as("seed " + seed).containsExactlyElementsOf(allRows());
    }

    private static int[] files(RandomGenerator random) {
        return random.ints(random.nextInt(4), 0, 4).toArray();
    }

    List<Long> allRows() {
        List<Long> rows = new ArrayList<>();
        for (long row = 0; row < table.rowsCommitted(); row++) {
            rows.add(row);
        }
        return rows;
    }

    /** Follows a chain of polls and checks that slices of one delta join without gap. */
    final class Reading {
        final List<Long> positions = new ArrayList<>();
        final TreeMap<DeltaRef, Integer> filesSeen = new TreeMap<>();
        final List<HistoryEvent> events = new ArrayList<>();
        private final List<Long> rows = new ArrayList<>();
        FeedCursor cursor;
        int largestPage;

        Reading(FeedCursor cursor) {
            this.cursor = cursor;
        }

        boolean poll(DeltaFeed feed, int budget) {
            FeedPage page = feed.poll(cursor, budget);
            largestPage = Math.max(largestPage, page.fileCount());
            for (DeltaSlice slice : page.slices()) {
                positions.add(slice.delta().position());
                assertThat(slice.firstFile()).isEqualTo(filesSeen.getOrDefault(slice.delta(), 0));
                filesSeen.put(slice.delta(), slice.endFile());
                slice.files().forEach(file -> rows.addAll(table.rows(file.path())));
            }
            events.addAll(page.events());
            cursor = page.next();
            return page.caughtUp();
        }

        void drain(DeltaFeed feed, int budget) {
            for (int i = 0; !poll(feed, budget); i++) {
                assertThat(i).as("polls without end").isLessThan(2_000);
            }
        }

        void clear() {
            rows.clear();
            positions.clear();
        }

        List<Long> rows() {
            return rows.stream().sorted().toList();
        }
    }
}
