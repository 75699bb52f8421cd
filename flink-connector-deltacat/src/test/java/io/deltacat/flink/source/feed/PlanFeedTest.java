package io.deltacat.flink.source.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanFeedTest extends DeltaFeedContract {
    @Override
    DeltaFeed feed(ReadableKinds kinds, HistoryRules rules) {
        return new PlanFeed(table, kinds, rules, FileWeight.ONE);
    }

    @Test
    void aPinnedCursorYieldsThatSnapshotOnly() {
        for (int i = 0; i < 6; i++) {
            table.append(partition, 1, 1);
        }
        FeedCursor pinned = FeedCursor.start().pinnedAt(table.snapshotTimeNanos());
        Reading reading = new Reading(pinned);
        reading.poll(feed(), 3);
        table.append(partition, 5);
        table.add(partition, 5);
        reading.drain(feed(), 3);
        assertThat(reading.rows()).hasSize(12);
    }

    @Test
    void aPinnedCursorLeavesOutWhatWasKnownBefore() {
        table.append(partition, 2);
        table.add(partition, 2);
        DeltaFeed feed = feed();
        Reading first = new Reading(FeedCursor.start());
        first.drain(feed, 10);
        table.append(partition, 1);
        table.add(partition, 1);
        Reading second = new Reading(first.cursor.pinnedAt(table.snapshotTimeNanos()));
        second.drain(feed, 10);
        assertThat(second.rows()).containsExactly(4L, 5L);
    }

    @Test
    void whileASnapshotIsPagedNothingOfItCountsAsKnown() {
        for (int i = 0; i < 6; i++) {
            table.append(partition, 1);
        }
        FeedPage page = feed().poll(FeedCursor.start(), 2);
        assertThat(page.next().pinnedSnapshot()).isPresent();
        assertThat(page.next().pinnedSnapshot().orElseThrow().base()).isEmpty();
    }
}
