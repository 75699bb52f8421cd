package io.deltacat.flink.source.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.flink.source.DeltaCatSourceException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingFeedTest extends DeltaFeedContract {
    @Override
    DeltaFeed feed(ReadableKinds kinds, HistoryRules rules) {
        return new ListingFeed(table, kinds, rules, FileWeight.ONE);
    }

    @Test
    void aLostDeltaIsNoticedByTheGap() {
        table.append(partition, 1);
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 10);
        DeltaRef lost = table.append(partition, 1);
        table.append(partition, 1);
        table.drop(lost);
        assertThatThrownBy(() -> reading.drain(feed, 10))
                .isInstanceOf(DeltaCatSourceException.HistoryChanged.class)
                .hasMessageContaining("deltas 2 to 2 are gone")
                .hasMessageContaining("read up to position 1");
    }

    @Test
    void urlsUnderANamedRootAreResolved() {
        table.listPathsAs("{{main}}/");
        table.append(partition, 1);
        FeedPage page = feed().poll(FeedCursor.start(), 10);
        assertThat(page.slices().get(0).files().get(0).path()).startsWith("/data/f-");
    }

    @Test
    void anUnknownRootIsRefusedByName() {
        table.listPathsAs("{{other}}/");
        table.append(partition, 1);
        assertThatThrownBy(() -> feed().poll(FeedCursor.start(), 10))
                .isInstanceOf(DeltaCatSourceException.UnsupportedTable.class)
                .hasMessageContaining("{{other}}")
                .hasMessageContaining("[main]");
    }

    @Test
    void oneNewAddAmongManyCostsAFewRequests() {
        for (int i = 0; i < 500; i++) {
            table.add(partition, 1);
        }
        DeltaFeed feed = feed();
        Reading reading = new Reading(FeedCursor.start());
        reading.drain(feed, 1_000);
        int before = table.requests();
        table.add(partition, 1);
        reading.poll(feed, 1_000);
        assertThat(table.requests() - before).isLessThanOrEqualTo(6);
        assertThat(reading.rows()).hasSize(501);
    }

    @Test
    void runsOfNewPositionsAreListedTogether() {
        NewRuns runs = new NewRuns();
        List<Boolean> isNew = List.of(true, true, false, true, false, false, true, true, true);
        for (int i = 0; i < isNew.size(); i++) {
            runs.next(i * 10L, isNew.get(i));
        }
        assertThat(runs.newDeltas()).isEqualTo(6);
        assertThat(new ArrayList<>(runs.runs()))
                .containsExactly(new NewRuns.Run(0, 10), new NewRuns.Run(30, 30), new NewRuns.Run(60, 80));
    }
}
