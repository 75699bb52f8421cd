package io.deltacat.flink.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.flink.sink.CheckpointNotPrepared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link PrepareOperator} in Flink's operator harness. */
class PrepareOperatorTest {
    /** Operators are serialized on their way into the harness; this is how they find the server of their test. */
    private static final Map<String, InMemoryTransactions> SERVERS = new ConcurrentHashMap<>();

    private final String serverKey = getClass().getName() + System.identityHashCode(this);
    private final InMemoryTransactions server = new InMemoryTransactions();

    @BeforeEach
    void register() {
        SERVERS.put(serverKey, server);
    }

    @AfterEach
    void forget() {
        SERVERS.remove(serverKey);
    }

    @Test
    void oneCommittablePerCheckpointHoldsTheFilesOfAllWriters() throws Exception {
        try (Harness harness = harness()) {
            send(harness, 1, 0, "/1", "/2");
            send(harness, 1, 1, "/3");
            harness.prepareSnapshotPreBarrier(1);

            assertThat(messages(harness)).containsExactly("summary 1 of 1 committables", "checkpoint 1 files 3");
            assertThat(server.commits()).isEmpty();
            assertThat(server.openTransactions()).isEqualTo(1);
        }
    }

    @Test
    void anEmptyCheckpointOpensNoTransaction() throws Exception {
        try (Harness harness = harness()) {
            send(harness, 1, 0);
            harness.prepareSnapshotPreBarrier(1);

            assertThat(messages(harness)).containsExactly("summary 1 of 0 committables");
            assertThat(server.transactionsMade()).isZero();
        }
    }

    @Test
    void resultsOfAnAbortedCheckpointAreEmittedApartAndInOrder() throws Exception {
        try (Harness harness = harness()) {
            send(harness, 1, 0, "/1");
            send(harness, 2, 0, "/2");
            harness.prepareSnapshotPreBarrier(2);

            assertThat(messages(harness))
                    .containsExactly(
                            "summary 1 of 1 committables",
                            "checkpoint 1 files 1",
                            "summary 2 of 1 committables",
                            "checkpoint 2 files 1");
        }
    }

    @Test
    void theCommitOfACompleteCheckpointIsWaitedForAndThatOfAnAbortedOneIsNot() throws Exception {
        try (Harness harness = harness()) {
            send(harness, 1, 0, "/1");
            harness.prepareSnapshotPreBarrier(1);
            send(harness, 2, 0, "/2");
            harness.prepareSnapshotPreBarrier(2);
            assertThat(server.looks()).isZero();

            harness.notifyOfCompletedCheckpoint(2);
            server.expireOpenTransactions();
            send(harness, 3, 0, "/3");
            harness.prepareSnapshotPreBarrier(3);
            assertThat(server.looks()).isEqualTo(1);
        }
    }

    @Test
    void theEndOfInputIsPreparedUnderTheIdOfItsMessage() throws Exception {
        try (Harness harness = harness()) {
            send(harness, 1, 0, "/1");
            harness.endInput();

            assertThat(messages(harness)).containsExactly("summary 1 of 1 committables", "checkpoint 1 files 1");
        }
    }

    @Test
    void aRefusalFailsTheCheckpoint() throws Exception {
        server.rejectAttaches("no such column");
        try (Harness harness = harness()) {
            send(harness, 1, 0, "/1");

            assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1)).isInstanceOf(CheckpointNotPrepared.class);
        }
    }

    private Harness harness() throws Exception {
        String key = serverKey;
        Harness harness = new Harness(new PrepareOperator(
                () -> SERVERS.get(key), "sink", CommitOrigin.DEFAULT_MESSAGE, false, Duration.ofSeconds(5)));
        harness.open();
        return harness;
    }

    private static void send(Harness harness, long checkpointId, int subtask, String... paths) throws Exception {
        int results = paths.length == 0 ? 0 : 1;
        harness.processElement(new StreamRecord<>(new CommittableSummary<>(subtask, 2, checkpointId, results, 0)));
        if (results > 0) {
            harness.processElement(new StreamRecord<>(
                    new CommittableWithLineage<>(Checkpoints.files(Checkpoints.ORDERS, paths), checkpointId, subtask)));
        }
    }

    private static List<String> messages(Harness harness) {
        return harness.extractOutputValues().stream()
                .map(PrepareOperatorTest::describe)
                .toList();
    }

    private static String describe(CommittableMessage<PreparedCheckpoint> message) {
        if (message instanceof CommittableWithLineage<PreparedCheckpoint> committable) {
            return "checkpoint " + committable.getCheckpointId() + " files "
                    + committable.getCommittable().fileCount();
        }
        return "summary " + message.getCheckpointId() + " of "
                + ((CommittableSummary<PreparedCheckpoint>) message).getNumberOfCommittables() + " committables";
    }

    private static final class Harness
            extends OneInputStreamOperatorTestHarness<
                    CommittableMessage<WrittenFiles>, CommittableMessage<PreparedCheckpoint>> {
        Harness(PrepareOperator operator) throws Exception {
            super(operator);
        }
    }
}
