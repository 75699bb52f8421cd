package io.deltacat.flink.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointResultsTest {
    private final WrittenFiles one = Checkpoints.files(Checkpoints.ORDERS, "/1");
    private final WrittenFiles two = Checkpoints.files(Checkpoints.ORDERS, "/2");
    private final WrittenFiles three = Checkpoints.files(Checkpoints.ORDERS, "/3");

    @Test
    void resultsOfAnAbortedCheckpointKeepTheirOwnId() {
        CheckpointResults results = new CheckpointResults(0);
        results.add(7, one);
        results.add(8, two);

        assertThat(results.takeUpTo(8))
                .containsEntry(7L, List.of(one))
                .containsEntry(8L, List.of(two))
                .hasSize(2);
    }

    @Test
    void resultsAheadOfTheBarrierStay() {
        CheckpointResults results = new CheckpointResults(0);
        results.add(3, one);
        results.add(4, two);

        assertThat(results.takeUpTo(3)).containsOnlyKeys(3L);
        assertThat(results.takeUpTo(Long.MAX_VALUE)).containsOnlyKeys(4L);
    }

    @Test
    void aCheckpointWithoutFilesIsThereAndEmpty() {
        CheckpointResults results = new CheckpointResults(0);
        results.announce(5);

        assertThat(results.takeUpTo(5)).containsEntry(5L, List.of()).hasSize(1);
        assertThat(results.takeUpTo(6)).isEmpty();
    }

    @Test
    void aStragglerOfATakenCheckpointGoesWithTheNextOne() {
        CheckpointResults results = new CheckpointResults(0);
        results.add(5, one);
        results.takeUpTo(5);
        results.add(5, two);
        results.add(6, three);

        assertThat(results.takeUpTo(6)).containsEntry(6L, List.of(two, three)).hasSize(1);
    }

    @Test
    void afterARestoreNothingIsGivenAnIdThatIsInStateAlready() {
        CheckpointResults results = new CheckpointResults(9);
        results.add(9, one);

        assertThat(results.takeUpTo(Long.MAX_VALUE)).containsOnlyKeys(10L);
    }
}
