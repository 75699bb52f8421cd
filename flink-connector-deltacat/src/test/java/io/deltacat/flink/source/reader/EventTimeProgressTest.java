package io.deltacat.flink.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.EventTimeColumn;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.SourceFile;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.EventTimeFloor;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EventTimeProgressTest {
    private final EventTimeProgress progress = new EventTimeProgress();

    private static DeltaCatSplit split(long position, long earliest) {
        return split(position, earliest, DeltaKind.APPEND);
    }

    private static DeltaCatSplit split(long position, long earliest, DeltaKind kind) {
        SourceFile file = new SourceFile("/f", "parquet", SourceFile.IDENTITY, 1, 1, null, earliest);
        DeltaRef delta = new DeltaRef(new PartitionRef("s", "p"), position);
        return new DeltaCatSplit(delta, kind, 0, file, 0, DeltaCatSplit.TO_END, 0, DeltaCatSplit.SplitState.READING);
    }

    private void floor(long waiting) {
        progress.floor(new EventTimeFloor(waiting, waiting));
    }

    @Test
    void aReaderWithoutWorkComesAsFarAsTheLatestFileOfTheOthers() {
        progress.added(split(1, 100));
        progress.finished(split(1, 100).splitId());
        progress.floor(new EventTimeFloor(EventTimeColumn.NONE, 300));
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(299));
    }

    @Test
    void thereIsNoEventTimeBeforeTheEnumeratorSpeaksOfIt() {
        progress.added(split(1, 100));
        assertThat(progress.changed()).isFalse();
        assertThat(progress.advance()).isEmpty();
        floor(EventTimeColumn.UNKNOWN);
        assertThat(progress.changed()).isTrue();
        assertThat(progress.advance()).isEmpty();
    }

    @Test
    void eventTimeComesToTheEarliestRowThatIsStillToCome() {
        progress.added(split(1, 100));
        progress.added(split(2, 150));
        floor(200);
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(99));
        assertThat(progress.advance()).isEmpty();
        progress.finished(split(1, 100).splitId());
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(149));
        progress.finished(split(2, 150).splitId());
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(199));
    }

    @Test
    void splitsThatNobodyHasHoldItBack() {
        progress.added(split(1, 100));
        floor(50);
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(49));
    }

    @Test
    void itNeverPassesTheLatestBoundSinceLaterCommitsAreUnknown() {
        progress.added(split(1, 100));
        progress.floor(new EventTimeFloor(EventTimeColumn.NONE, 100));
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(99));
        progress.finished(split(1, 100).splitId());
        assertThat(progress.advance()).isEmpty();
        progress.added(split(2, 130));
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(129));
    }

    @Test
    void aFileWithoutStatisticsHoldsItUntilItIsRead() {
        progress.added(split(1, 100));
        progress.added(split(2, EventTimeColumn.UNKNOWN));
        floor(200);
        assertThat(progress.advance()).isEmpty();
        progress.finished(split(2, 0).splitId());
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(99));
    }

    @Test
    void deletesHaveNoEventTime() {
        progress.added(split(1, 5, DeltaKind.DELETE));
        floor(200);
        assertThat(progress.advance()).isEqualTo(OptionalLong.of(199));
    }
}
