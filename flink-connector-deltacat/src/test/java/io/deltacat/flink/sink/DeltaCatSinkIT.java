package io.deltacat.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.Secret;
import io.deltacat.client.TableRef;
import io.deltacat.client.Unauthenticated;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sink in jobs of a mini cluster, against a local server in this process. */
class DeltaCatSinkIT {
    private static final int SLOTS = 8;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(SLOTS)
                    .build());

    @TempDir
    private Path directory;

    private final RecordedRequests requests = new RecordedRequests();
    private final AtomicReference<Duration> clockAhead = new AtomicReference<>(Duration.ZERO);
    private LocalServer server;
    private SinkTable table;

    @BeforeEach
    void start() {
        InstantSource clock = () -> Instant.now().plus(clockAhead.get());
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory.resolve("server"))
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .clock(clock)
                .observer(requests)
                .build());
        table = new SinkTable(server.uri());
        table.create();
    }

    @AfterEach
    void stop() {
        table.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(SinkMode.class)
    void boundedInputWithoutCheckpointsIsCommittedOnceAtTheEnd(SinkMode mode) throws Exception {
        StreamExecutionEnvironment environment = environment(2);
        table.sink().mode(mode).build().addTo(SinkTable.rows(environment, 1_000));

        environment.execute();

        assertThat(table.ids()).isEqualTo(SinkTable.idsUpTo(1_000));
        assertThat(requests.transactionCommits()).isEqualTo(1);
        assertThat(requests.aborts()).isZero();
    }

    @ParameterizedTest
    @EnumSource(SinkMode.class)
    void requestsOfACheckpointDoNotDependOnParallelism(SinkMode mode) throws Exception {
        RequestsPerCheckpoint one = requestsPerCheckpoint(mode, 1);
        RequestsPerCheckpoint eight = requestsPerCheckpoint(mode, 8);

        assertThat(one).isEqualTo(new RequestsPerCheckpoint(1, 1, 1, 1)).isEqualTo(eight);
    }

    /**
     * Requests on the commit path, but for the one look at the commit before that ordered deltas take, which is counted
     * where it is made. Opening the writers' locations, once per task and job, is not on it.
     */
    private record RequestsPerCheckpoint(double begins, double opens, double attaches, double commits) {}

    private RequestsPerCheckpoint requestsPerCheckpoint(SinkMode mode, int parallelism) throws Exception {
        long begins = requests.begins();
        long creates = requests.sessionCreates();
        long attaches = requests.sessionCommits();
        long commits = requests.transactionCommits();
        long looks = requests.transactionLooks();
        StreamExecutionEnvironment environment = environment(parallelism);
        environment.enableCheckpointing(400);
        table.sink()
                .mode(mode)
                .build()
                .addTo(SinkTable.rows(environment, 800, 100).rebalance());

        environment.execute();

        double done = requests.transactionCommits() - commits;
        assertThat(done).isGreaterThanOrEqualTo(4);
        assertThat(requests.transactionLooks() - looks)
                .as("looks at the commit before")
                .isLessThanOrEqualTo(mode == SinkMode.APPEND ? (long) done - 1 : 0);
        return new RequestsPerCheckpoint(
                (requests.begins() - begins) / done,
                (requests.sessionCreates() - creates - parallelism) / done,
                (requests.sessionCommits() - attaches) / done,
                1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tasksThatFailAtManyPointsLoseAndDoubleNothing(boolean unaligned) throws Exception {
        StreamExecutionEnvironment environment = environment(2);
        environment.enableCheckpointing(100);
        environment.getCheckpointConfig().enableUnalignedCheckpoints(unaligned);
        restartsAllowed(environment, 20);
        table.sink()
                .build()
                .addTo(SinkTable.rows(environment, 1_000, 50)
                        .rebalance()
                        .map(new FailingAttempts<>(6))
                        .returns(org.apache.flink.table.runtime.typeutils.InternalTypeInfo.of(SinkTable.ROWS)));

        environment.execute();

        assertThat(table.ids()).isEqualTo(SinkTable.idsUpTo(1_000));
    }

    @Test
    void anotherParallelismTakesPendingCommitsOver() throws Exception {
        Path checkpoints = directory.resolve("checkpoints");
        String restore = null;
        for (int parallelism : new int[] {2, 4, 8, 1}) {
            StreamExecutionEnvironment environment = environment(parallelism, restore, checkpoints);
            environment.enableCheckpointing(80);
            table.sink()
                    .sinkId("rescaled")
                    .build()
                    .addTo(SinkTable.rows(environment, 100_000, 40).rebalance());
            long before = requests.transactionCommits();
            JobClient job = environment.executeAsync();
            await(() -> requests.transactionCommits() >= before + 3);
            job.cancel().get();
            await(() -> job.getJobStatus().get().isGloballyTerminalState());
            restore = newestCheckpoint(checkpoints);
        }

        // What is visible is what the newest checkpoint holds, or all but its own commit, which was pending when it
        // ended.
        List<Long> visible = table.ids();
        assertThat(visible).isEqualTo(SinkTable.idsUpTo(visible.size()));
        assertThat(visible.size()).isGreaterThan(40 * 8);
    }

    /** Such a job begins again with its first row; what it committed before it failed must not be doubled. */
    @ParameterizedTest
    @EnumSource(SinkMode.class)
    void aJobWithoutCheckpointsThatRestartsAfterItsCommitDoesNotCommitAgain(SinkMode mode) throws Exception {
        StreamExecutionEnvironment environment = environment(2);
        restartsAllowed(environment, 3);
        DataStream<RowData> rows = SinkTable.rows(environment, 500);
        table.sink().mode(mode).build().addTo(rows);
        FailsAfterCommit.watch(requests);
        rows.rebalance().map(new FailsAfterCommit(500)).sinkTo(new DiscardingSink<>());

        environment.execute();

        assertThat(FailsAfterCommit.failures()).isEqualTo(1);
        assertThat(table.ids()).isEqualTo(SinkTable.idsUpTo(500));
        assertThat(requests.transactionCommits()).isEqualTo(1);
    }

    @Test
    void aTransactionThatExpiresBeforeItsCommitIsStagedAgain() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        StreamExecutionEnvironment environment = environment(1);
        environment.enableCheckpointing(100);
        table.sink().build().addTo(SinkTable.rows(environment, 600, 60));
        JobClient job = environment.executeAsync();

        await(() -> {
            // Two hours pass between an attach and its commit, sooner or later.
            if (requests.sessionCommits() > requests.transactionCommits() && once.compareAndSet(false, true)) {
                clockAhead.set(Duration.ofHours(2));
            }
            return job.getJobStatus().get() == JobStatus.FINISHED;
        });

        assertThat(requests.plans())
                .as("searches for files before they were staged again")
                .isPositive();
        assertThat(table.ids()).isEqualTo(SinkTable.idsUpTo(600));
        assertThat(requests.aborts()).isZero();
    }

    @Test
    void aTableThatCannotTakeTheRowsIsRefusedWhenTheJobIsBuilt() {
        StreamExecutionEnvironment environment = environment(1);
        RowType wrong =
                RowType.of(new LogicalType[] {new BigIntType(false), new BigIntType()}, new String[] {"id", "note"});
        table.sink().rowType(wrong).build().addTo(SinkTable.rows(environment, 10));

        assertThatThrownBy(environment::getStreamGraph)
                .isInstanceOf(SchemaDoesNotFit.class)
                .hasMessageContaining("sales.orders")
                .hasMessageContaining("'note'")
                .hasMessageContaining("BIGINT")
                .hasMessageContaining("string");
    }

    @Test
    void aTableThatIsNotThereIsRefusedWhenTheJobIsBuilt() {
        StreamExecutionEnvironment environment = environment(1);
        table.sink().table(TableRef.of("sales", "nothing")).build().addTo(SinkTable.rows(environment, 10));

        assertThatThrownBy(environment::getStreamGraph).hasMessageContaining("nothing");
    }

    @Test
    void aServerThatCannotBeReachedAndAWrongTokenAreNamedWithoutTheToken() {
        try (LocalServer guarded = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory.resolve("guarded"))
                .authToken("right-token")
                .build())) {
            StreamExecutionEnvironment environment = environment(1);
            table.sink()
                    .connection(DeltaCatConnection.builder(guarded.uri().toString())
                            .token(Secret.of("wrong-token"))
                            .build())
                    .build()
                    .addTo(SinkTable.rows(environment, 10));

            assertThatThrownBy(environment::getStreamGraph)
                    .isInstanceOf(Unauthenticated.class)
                    .hasMessageNotContaining("wrong-token")
                    .hasMessageNotContaining("right-token");
        }
    }

    private StreamExecutionEnvironment environment(int parallelism) {
        return environment(parallelism, null, directory.resolve("checkpoints"));
    }

    private static StreamExecutionEnvironment environment(int parallelism, String restore, Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (restore != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restore);
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        return environment;
    }

    private static void restartsAllowed(StreamExecutionEnvironment environment, int attempts) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        environment.configure(configuration);
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    private static String newestCheckpoint(Path checkpoints) throws Exception {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(file -> file.getFileName().toString().equals("_metadata"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow()
                    .getParent()
                    .toUri()
                    .toString();
        }
    }
}
