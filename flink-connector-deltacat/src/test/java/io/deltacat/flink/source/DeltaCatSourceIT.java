package io.deltacat.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.NotFound;
import io.deltacat.client.Secret;
import io.deltacat.client.TableRef;
import io.deltacat.client.Unauthenticated;
import io.deltacat.client.subscription.Watermark;
import io.deltacat.client.write.WriteMode;
import io.deltacat.flink.DeltaCatConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DeltaCatSourceIT {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(2)
                    .setNumberSlotsPerTaskManager(2)
                    .build());

    private static final Duration CHECKPOINTS = Duration.ofMillis(200);
    private static final Duration NO_CHECKPOINTS = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private SourceTable table;
    private Job job;

    @BeforeEach
    void startServer() {
        table = new SourceTable(directory);
    }

    @AfterEach
    void stopServer() throws Exception {
        if (job != null) {
            job.cancel();
        }
        table.close();
    }

    /** A running job and the rows it delivered. */
    private record Job(JobClient client, CloseableIterator<Long> results) {
        List<Long> take(int rows) {
            List<Long> taken = new ArrayList<>();
            while (taken.size() < rows && results.hasNext()) {
                taken.add(results.next());
            }
            return taken;
        }

        List<Long> all() {
            List<Long> taken = new ArrayList<>();
            results.forEachRemaining(taken::add);
            return taken;
        }

        void cancel() throws Exception {
            if (!client.getJobStatus().get().isGloballyTerminalState()) {
                client.cancel().get();
                await().until(() -> client.getJobStatus().get().isGloballyTerminalState());
            }
            results.close();
        }

        Throwable failure() {
            try {
                client.getJobExecutionResult().get();
            } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                return e;
            }
            throw new AssertionError("the job did not fail");
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
    }

    private DeltaCatSourceBuilder source() {
        return DeltaCatSource.builder()
                .connection(table.connection())
                .table(SourceTable.TABLE)
                .discoveryInterval(Duration.ofMillis(50))
                .statusInterval(Duration.ofMillis(100));
    }

    private Job run(DeltaCatSource source, Duration checkpoints, int parallelism, FailOnce failures) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, failures == null ? 0 : 20);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        DataStream<Long> rows = environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "orders")
                .uid("orders")
                .map((MapFunction<RowData, Long>) row -> row.getLong(0))
                .returns(Long.class);
        DataStream<Long> delivered =
                failures == null ? rows : rows.map(failures).returns(Long.class);
        CloseableIterator<Long> results = delivered.collectAsync();
        job = new Job(environment.executeAsync("source test"), results);
        return job;
    }

    private List<Long> allRows() {
        return LongStream.range(0, table.rowsWritten()).boxed().toList();
    }

    private static void assertSameRows(List<Long> actual, List<Long> expected) {
        assertThat(actual).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(actual)).isEqualTo(new TreeSet<>(expected));
    }

    @Test
    void aBoundedReadYieldsTheSnapshotAndEnds() throws Exception {
        for (int i = 0; i < 5; i++) {
            table.write(WriteMode.APPEND, 100);
            table.write(WriteMode.ADD, 50);
        }
        Job bounded = run(source().boundedness(Boundedness.BOUNDED).build(), NO_CHECKPOINTS, 4, null);
        assertSameRows(bounded.all(), allRows());
        assertThat(bounded.client().getJobExecutionResult().get()).isNotNull();
    }

    @Test
    void aBoundedReadOfASubscriptionMovesItsWatermarkAtTheEnd() throws Exception {
        table.write(WriteMode.APPEND, 10);
        table.write(WriteMode.APPEND, 10);
        DeltaCatSource source = source().subscription(SourceTable.SUBSCRIPTION)
                .boundedness(Boundedness.BOUNDED)
                .build();
        assertSameRows(run(source, CHECKPOINTS, 2, null).all(), allRows());
        job.client().getJobExecutionResult().get();
        await().until(() -> table.acknowledgedPosition() == 2);
        table.write(WriteMode.APPEND, 5);
        assertThat(run(source, CHECKPOINTS, 2, null).all()).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = DiscoveryFeed.class,
            names = {"LISTING", "PLAN"})
    void rowsOfAppendAndAddDeltasAreFollowedExactlyOnceThroughFailures(DiscoveryFeed feed) throws Exception {
        table.write(WriteMode.APPEND, 300);
        table.write(WriteMode.ADD, 200);
        Job following = run(
                source().subscription(SourceTable.SUBSCRIPTION)
                        .feed(feed)
                        .splitBytes(700)
                        .build(),
                CHECKPOINTS,
                3,
                new FailOnce("followed-" + feed, 400, 4));
        List<Long> rows = new ArrayList<>(following.take(500));
        for (int i = 0; i < 8; i++) {
            table.write(i % 2 == 0 ? WriteMode.APPEND : WriteMode.ADD, 100);
            rows.addAll(following.take(100));
        }
        assertSameRows(rows, allRows());
        await().until(() -> table.acknowledgedPosition() == table.lastPosition());
    }

    @Test
    void theWatermarkMovesOnlyWhenACheckpointCompleted(@InjectMiniCluster MiniCluster cluster) throws Exception {
        FailOnce counter = new FailOnce("watermark", 1_000_000, 0);
        Job following = run(source().subscription(SourceTable.SUBSCRIPTION).build(), NO_CHECKPOINTS, 2, counter);
        // Flink takes one checkpoint when the job runs, and no further one within the hour.
        await().until(() -> cluster.getExecutionGraph(following.client().getJobID())
                        .get()
                        .getCheckpointStatsSnapshot()
                        .getCounts()
                        .getNumberOfCompletedCheckpoints()
                == 1);
        for (int i = 0; i < 3; i++) {
            table.write(WriteMode.APPEND, 10);
        }
        await().until(() -> counter.seen() == 30);
        await().during(Duration.ofMillis(300)).until(() -> table.acknowledgedPosition() == 0);
        cluster.triggerCheckpoint(following.client().getJobID()).get();
        await().until(() -> table.acknowledgedPosition() == 3);
        Watermark mark = table.watermark().orElseThrow();
        assertThat(mark.knownPartitions()).containsExactly("sales.orders");
        assertThat(mark.partitionIdentities()).containsOnlyKeys("sales.orders");
    }

    @Test
    void theJobGoesOnWhenTheServerIsBack() throws Exception {
        table.write(WriteMode.APPEND, 100);
        Job following = run(source().subscription(SourceTable.SUBSCRIPTION).build(), CHECKPOINTS, 2, null);
        List<Long> rows = new ArrayList<>(following.take(100));
        for (int round = 0; round < 2; round++) {
            Runnable startAgain = table.stop();
            await().during(Duration.ofMillis(500))
                    .until(() -> following.client().getJobStatus().get() == JobStatus.RUNNING);
            startAgain.run();
            table.write(WriteMode.APPEND, 50);
            table.write(WriteMode.ADD, 50);
            rows.addAll(following.take(100));
        }
        assertSameRows(rows, allRows());
        await().until(() -> table.acknowledgedPosition() == table.lastPosition());
    }

    @Test
    void aNewJobWithoutStateGoesOnBehindTheWatermark() throws Exception {
        table.write(WriteMode.APPEND, 100);
        table.write(WriteMode.ADD, 100);
        table.write(WriteMode.ADD, 100);
        DeltaCatSource source = source().subscription(SourceTable.SUBSCRIPTION).build();
        Job first = run(source, CHECKPOINTS, 2, null);
        assertSameRows(first.take(300), allRows());
        await().until(() -> table.acknowledgedPosition() == 1
                && table.watermark().orElseThrow().unknown().toString().contains("adds"));
        await().until(this::allAddsAcknowledged);
        first.cancel();
        List<Long> later = new ArrayList<>(table.write(WriteMode.ADD, 10));
        later.addAll(table.write(WriteMode.APPEND, 10));
        assertSameRows(run(source, CHECKPOINTS, 2, null).take(20), later);
    }

    private boolean allAddsAcknowledged() {
        try {
            return io.deltacat.flink.source.progress.WatermarkDocument.of(
                                    "sales.orders", table.watermark().map(Watermark::toJson))
                            .progress()
                            .orElseThrow()
                            .partitions()
                            .values()
                            .stream()
                            .mapToInt(read -> read.adds().size())
                            .sum()
                    == 2;
        } catch (io.deltacat.flink.source.codec.CorruptStateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void latestLeavesOutWhatWasThere() throws Exception {
        table.write(WriteMode.APPEND, 100);
        table.write(WriteMode.ADD, 100);
        Job following = run(
                source().subscription(SourceTable.SUBSCRIPTION)
                        .startMode(StartMode.LATEST)
                        .build(),
                CHECKPOINTS,
                2,
                null);
        await().until(() -> table.acknowledgedPosition() == 1);
        List<Long> later = new ArrayList<>(table.write(WriteMode.ADD, 10));
        later.addAll(table.write(WriteMode.APPEND, 10));
        assertSameRows(following.take(20), later);
    }

    @Test
    void aPausedSubscriptionHoldsRowsBackUntilItIsResumed() throws Exception {
        table.client().subscriptions().pause(SourceTable.SUBSCRIPTION);
        table.write(WriteMode.APPEND, 10);
        Job following = run(source().subscription(SourceTable.SUBSCRIPTION).build(), CHECKPOINTS, 1, null);
        await().until(() -> following.client().getJobStatus().get() == JobStatus.RUNNING);
        await().until(() -> table.acknowledgedPosition() == 0
                && table.requests().stream()
                                .filter(request -> request.template().startsWith("/v1/subscriptions/{"))
                                .count()
                        > 5);
        table.client().subscriptions().resume(SourceTable.SUBSCRIPTION);
        assertSameRows(following.take(10), allRows());
    }

    @Test
    void aDeletedSubscriptionStopsTheJobWithAClearError() throws Exception {
        table.write(WriteMode.APPEND, 10);
        Job following = run(source().subscription(SourceTable.SUBSCRIPTION).build(), CHECKPOINTS, 1, null);
        following.take(10);
        table.client().subscriptions().delete(SourceTable.SUBSCRIPTION);
        assertThat(following.failure())
                .hasStackTraceContaining("UnusableSubscription")
                .hasStackTraceContaining(SourceTable.SUBSCRIPTION);
    }

    @Test
    void aForeignWatermarkStopsTheJobWithAClearError() throws Exception {
        table.write(WriteMode.APPEND, 10);
        table.write(WriteMode.APPEND, 10);
        Job following = run(source().subscription(SourceTable.SUBSCRIPTION).build(), CHECKPOINTS, 1, null);
        following.take(20);
        await().until(() -> table.acknowledgedPosition() == 2);
        table.client()
                .subscriptions()
                .setWatermark(
                        SourceTable.SUBSCRIPTION,
                        new Watermark(Map.of("sales.orders", 7L), java.util.Set.of(), Map.of(), Map.of()));
        assertThat(following.failure())
                .hasStackTraceContaining("ForeignWatermark")
                .hasStackTraceContaining("scan.on-foreign-watermark");
    }

    @Test
    void aRedriveStopsTheJobWithAClearErrorOrEmitsTheRowsBehindItAgain() throws Exception {
        table.write(WriteMode.APPEND, 10);
        table.write(WriteMode.APPEND, 10);
        Job following = run(source().subscription(SourceTable.SUBSCRIPTION).build(), CHECKPOINTS, 1, null);
        following.take(20);
        await().until(() -> table.acknowledgedPosition() == 2);
        Watermark first = new Watermark(Map.of("sales.orders", 1L), java.util.Set.of(), Map.of(), Map.of());
        table.client().subscriptions().setWatermark(SourceTable.SUBSCRIPTION, first);
        assertThat(following.failure()).hasStackTraceContaining("Redriven").hasStackTraceContaining("scan.on-redrive");

        Job rereading = run(
                source().subscription(SourceTable.SUBSCRIPTION)
                        .onRedrive(RedrivePolicy.REREAD)
                        .build(),
                CHECKPOINTS,
                2,
                null);
        assertSameRows(rereading.take(10), LongStream.range(10, 20).boxed().toList());
        await().until(() -> table.acknowledgedPosition() == 2);
        table.client().subscriptions().setWatermark(SourceTable.SUBSCRIPTION, first);
        assertSameRows(rereading.take(10), LongStream.range(10, 20).boxed().toList());
        table.write(WriteMode.APPEND, 5);
        assertSameRows(rereading.take(5), LongStream.range(20, 25).boxed().toList());
        await().until(() -> table.acknowledgedPosition() == 3);
    }

    @Test
    void aMissingSubscriptionIsCreatedIfThatIsWanted() throws Exception {
        table.write(WriteMode.APPEND, 10);
        DeltaCatSourceBuilder builder = source().subscription("made-by-flink");
        assertThat(run(builder.build(), CHECKPOINTS, 1, null).failure())
                .hasStackTraceContaining("made-by-flink")
                .hasStackTraceContaining("scan.subscription.create-if-missing");
        run(builder.createSubscription(true).build(), CHECKPOINTS, 1, null).take(10);
        await().until(() -> table.client()
                .subscriptions()
                .watermark("made-by-flink")
                .filter(mark -> mark.partitionWatermarks().containsValue(1L))
                .isPresent());
    }

    @Test
    void twoSourcesOfOneJobDoNotShareASubscription() throws Exception {
        table.write(WriteMode.APPEND, 10);
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        DeltaCatSource source = source().subscription(SourceTable.SUBSCRIPTION)
                .foreignWatermark(ForeignWatermarkPolicy.ADOPT)
                .build();
        DataStream<RowData> first = environment.fromSource(source, WatermarkStrategy.noWatermarks(), "one");
        DataStream<RowData> second = environment.fromSource(source, WatermarkStrategy.noWatermarks(), "two");
        CloseableIterator<Long> rows = first.union(second)
                .map((MapFunction<RowData, Long>) row -> row.getLong(0))
                .returns(Long.class)
                .collectAsync();
        job = new Job(environment.executeAsync("two sources"), rows);
        await().until(() -> {
            table.write(WriteMode.APPEND, 1);
            return job.client().getJobStatus().get() == JobStatus.FAILED;
        });
        assertThat(job.failure()).hasStackTraceContaining("are in one job and both move its watermark");
    }

    @Test
    void aRewoundWatermarkIsWhereANewJobStarts() throws Exception {
        table.write(WriteMode.APPEND, 10);
        table.write(WriteMode.APPEND, 10);
        table.client()
                .subscriptions()
                .setWatermark(
                        SourceTable.SUBSCRIPTION,
                        new Watermark(Map.of("sales.orders", 1L), java.util.Set.of(), Map.of(), Map.of()));
        Job following = run(source().subscription(SourceTable.SUBSCRIPTION).build(), CHECKPOINTS, 1, null);
        assertSameRows(following.take(10), LongStream.range(10, 20).boxed().toList());
    }

    @Test
    void requestsDoNotDependOnTheParallelism() throws Exception {
        for (int i = 0; i < 12; i++) {
            table.write(WriteMode.APPEND, 100);
        }
        DeltaCatSource source = source().boundedness(Boundedness.BOUNDED).build();
        int before = table.requests().size();
        run(source, NO_CHECKPOINTS, 1, null).all();
        int alone = table.requests().size() - before;
        run(source, NO_CHECKPOINTS, 4, null).all();
        assertThat(table.requests().size() - before - alone).isEqualTo(alone);
    }

    @Test
    void badSettingsAreRefusedWhenTheSourceIsBuilt() {
        assertThatThrownBy(() -> source().table(TableRef.of("sales", "nothing")).build())
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> source().connection(DeltaCatConnection.builder(
                                        table.connection().uri().toString())
                                .token(Secret.of("wrong"))
                                .build())
                        .build())
                .isInstanceOf(Unauthenticated.class)
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> source().connection(DeltaCatConnection.builder("http://localhost:1")
                                .requestTimeout(Duration.ofMillis(200))
                                .build())
                        .build())
                .isInstanceOf(DeltaCatException.class)
                .hasMessageContaining("localhost:1");
        assertThatThrownBy(() -> source().startMode(StartMode.SUBSCRIPTION).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scan.subscription-id");
        assertThatThrownBy(() -> source().maxPendingSplits(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'scan.discovery.max-pending-splits' is '0'");
        assertThatThrownBy(
                        () -> DeltaCatSource.builder().table(SourceTable.TABLE).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'connection' is missing");
    }

    @Test
    void theTokenIsInNoText() {
        assertThat(source().build().toString()).doesNotContain(SourceTable.TOKEN);
    }
}
