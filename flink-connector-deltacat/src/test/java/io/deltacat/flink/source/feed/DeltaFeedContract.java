package io.deltacat.flink.source.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.flink.source.DeltaCatSourceException;
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

    abstract DeltaFeed feed();

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
