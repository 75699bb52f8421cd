package io.deltacat.flink.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.flink.sink.CheckpointNotCommitted;
import io.deltacat.flink.sink.CheckpointNotPrepared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link PrepareLoop} and {@link CommitLoop} against the in-memory server, with faults at chosen requests. */
class LoopsTest {
    private static final CommitOrigin ORIGIN = new CommitOrigin("sink", "job", CommitOrigin.DEFAULT_MESSAGE);

    private final Sim sim = new Sim(1);
    private final InMemoryTransactions server = new InMemoryTransactions();
    private IntFunction<Optional<Fault>> faults = number -> Optional.empty();
    private FaultyTransactions network;
    private int ids;
    private boolean restarted;

    @BeforeEach
    void connect() {
        network = new FaultyTransactions(sim, server, number -> faults.apply(number));
    }

    @Test
    void aCheckpointOfOneTableTakesFourRequests() throws InterruptedException {
        PreparedCheckpoint prepared =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1", "/2")).orElseThrow();
        assertThat(network.requests()).isEqualTo(3);
        assertThat(server.commits()).isEmpty();

        CommitLoop.Outcome outcome = commit(prepared, false);

        assertThat(network.requests()).isEqualTo(4);
        assertThat(outcome.before()).isFalse();
        assertThat(server.commits()).hasSize(1);
    }

    @Test
    void filesOfManyWritersBecomeOneDeltaPerTable() throws InterruptedException {
        PreparedCheckpoint prepared = prepare(
                        Checkpoints.files(Checkpoints.ORDERS, "/1"),
                        Checkpoints.files(Checkpoints.LINES, "/2"),
                        Checkpoints.files(Checkpoints.ORDERS, "/3"))
                .orElseThrow();
        commit(prepared, false);

        assertThat(network.requests()).isEqualTo(6);
        assertThat(server.commits().get(0).files())
                .containsEntry(Checkpoints.ORDERS, List.of("/1", "/3"))
                .containsEntry(Checkpoints.LINES, List.of("/2"));
    }

    /** A job without checkpoints begins again with its first row, and knows of no commit. */
    @Test
    void aRestartedJobWithoutCheckpointsFindsTheRowsThatItsEarlierAttemptCommitted() throws InterruptedException {
        String start = "/data/" + ORIGIN.fileNameStart();
        commit(prepare(Checkpoints.files(Checkpoints.LINES, start + "0-0-1")).orElseThrow(), false);
        restarted = true;

        assertThat(prepare(Checkpoints.files(Checkpoints.LINES, start + "0-1-2")))
                .isEmpty();

        assertThat(server.commits()).hasSize(1);
    }

    @Test
    void aRestartedJobWithoutCheckpointsThatCommittedNothingCommitsInOrder() throws InterruptedException {
        String start = "/data/" + ORIGIN.fileNameStart();
        commit(
                prepare(Checkpoints.files(Checkpoints.LINES, "/data/of-another-job"))
                        .orElseThrow(),
                false);
        restarted = true;
        PreparedCheckpoint prepared =
                prepare(Checkpoints.files(Checkpoints.LINES, start + "0-1-2")).orElseThrow();
        commit(prepared, false);

        assertThat(server.commits()).hasSize(2);
        assertThat(prepared.isOrdered()).isTrue();
    }

    @Test
    void filesTellWhereTheyComeFromAndTheMessageIsTheUsers() throws InterruptedException {
        PreparedCheckpoint prepared =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")).orElseThrow();

        assertThat(prepared.deltas().get(0).entries().get(0).properties())
                .hasToString("{flink.job-id=\"job\", flink.sink-id=\"sink\", flink.checkpoint-id=1}");
        assertThat(prepared.message()).isEqualTo("Flink sink sink, checkpoint 1, commit commit-0");
        CommitOrigin own = new CommitOrigin("s", "j", "{job}/{sink}: {tables} {checkpoint} $1 {commit}");
        assertThat(own.message(7, "c", Set.of(Checkpoints.ORDERS))).isEqualTo("j/s: sales.orders 7 $1 c");
        assertThat(CommitOrigin.isTemplate("{jobs}")).isFalse();
    }

    @Test
    void aCommitThatIsUnderWayIsWaitedForBeforeTheNextTransactionBegins() throws InterruptedException {
        PreparedCheckpoint first =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")).orElseThrow();
        sim.inBackgroundAfter(Duration.ofMillis(300).toNanos(), "commit", () -> server.commit(first.transaction()));

        loop().awaitEnd(first);
        PreparedCheckpoint second =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/2")).orElseThrow();

        assertThat(commit(second, false).stagings()).isZero();
        assertThat(server.commits()).hasSize(2);
    }

    @Test
    void aCommitThatTakesTooLongIsNotWaitedForAndCostsStagingAgain() throws InterruptedException {
        PreparedCheckpoint first =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")).orElseThrow();

        loop().awaitEnd(first);
        PreparedCheckpoint second =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/2")).orElseThrow();

        assertThat(sim.now())
                .isBetween(
                        Duration.ofSeconds(9).toNanos(), Duration.ofSeconds(15).toNanos());
        commit(first, false);
        assertThat(commit(second, false).stagings()).isEqualTo(1);
        assertThat(server.commits()).hasSize(2);
    }

    @Test
    void aCheckpointWithoutFilesTakesNoRequest() throws InterruptedException {
        assertThat(prepare()).isEmpty();
        assertThat(prepare(new WrittenFiles(Checkpoints.ORDERS, List.of()))).isEmpty();
        assertThat(network.requests()).isZero();
    }

    @Test
    void recommitAfterLostReplyIsNotRepeated() throws InterruptedException {
        PreparedCheckpoint prepared =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")).orElseThrow();
        faultAt(3, Fault.DROP_REPLY);

        CommitLoop.Outcome outcome = commit(prepared, false);

        assertThat(outcome.before()).isTrue();
        assertThat(network.requests()).as("commit, then one look").isEqualTo(5);
        assertThat(server.commits()).hasSize(1);
    }

    @Test
    void aRestoredCommittableIsLookedAtFirst() throws InterruptedException {
        PreparedCheckpoint prepared =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")).orElseThrow();
        commit(prepared, false);

        assertThat(commit(prepared, true).before()).isTrue();
        assertThat(network.requests()).isEqualTo(5);
    }

    @Test
    void anExpiredTransactionIsStagedAgain() throws InterruptedException {
        PreparedCheckpoint prepared =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")).orElseThrow();
        server.expireOpenTransactions();

        CommitLoop.Outcome outcome = commit(prepared, false);

        assertThat(outcome.stagings()).isEqualTo(1);
        assertThat(server.commits()).hasSize(1);
    }

    @Test
    void aForgottenCommitIsFoundByItsFiles() throws InterruptedException {
        PreparedCheckpoint prepared =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")).orElseThrow();
        commit(prepared, false);
        server.forgetFinishedTransactions();

        assertThat(commit(prepared, true).before()).isTrue();
        assertThat(server.commits()).hasSize(1);
    }

    @Test
    void anOutageLongerThanTheTimeAllowedFailsAndNamesTheOption() throws InterruptedException {
        PreparedCheckpoint prepared =
                prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")).orElseThrow();
        faults = number -> Optional.of(Fault.DROP_REQUEST);

        assertThatThrownBy(() -> commit(prepared, false))
                .isInstanceOf(CheckpointNotCommitted.class)
                .hasMessageContaining("sink.commit.timeout")
                .hasMessageContaining("txn-1");
        assertThat(sim.now()).isLessThanOrEqualTo(Duration.ofSeconds(30).toNanos());
        assertThatThrownBy(() -> prepare(Checkpoints.files(Checkpoints.ORDERS, "/2")))
                .isInstanceOf(CheckpointNotPrepared.class)
                .hasMessageContaining("sink.prepare.timeout");
    }

    @Test
    void filesThatTheServerRefusesFailTheCheckpointAtOnce() {
        server.rejectAttaches("column 'price' is int32 in file and string in table");

        assertThatThrownBy(() -> prepare(Checkpoints.files(Checkpoints.ORDERS, "/1")))
                .isInstanceOf(CheckpointNotPrepared.class)
                .hasMessageContaining("sales.orders")
                .hasRootCauseMessage("column 'price' is int32 in file and string in table");
        assertThat(sim.now()).isZero();
    }

    private void faultAt(int position, Fault fault) {
        faults = number -> number == position ? Optional.of(fault) : Optional.empty();
    }

    private Optional<PreparedCheckpoint> prepare(WrittenFiles... files) throws InterruptedException {
        return loop().prepare(1, List.of(files));
    }

    private PrepareLoop loop() {
        return new PrepareLoop(
                network, sim.pauses(), Duration.ofSeconds(30), ORIGIN, restarted, () -> "commit-" + ids++);
    }

    private CommitLoop.Outcome commit(PreparedCheckpoint prepared, boolean mayBeCommitted) throws InterruptedException {
        return new CommitLoop(network, sim.pauses(), Duration.ofSeconds(30)).commit(prepared, mayBeCommitted);
    }
}
